import JSONText
import MaskDiff
import SystemPackage

extension MaskComparison {
    /// Returns the report as JUnit XML, which CI servers show as test results: a test case for each pair, and for each
    /// mask without a counterpart. Those that differ are failures, those that could not be compared are errors.
    ///
    /// It contains no times, so that the same masks have the same report.
    public func junit(of report: Report) -> [UInt8] {
        let differences = report.differentCount + report.missing.count + report.extra.count
        let count = report.pairs.count + report.missing.count + report.extra.count
        let counts = "tests=\"\(count)\" failures=\"\(differences)\" errors=\"\(report.failedCount)\""
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"qd-imd diff\" \(counts) time=\"0\">\n"
        let suite = "\(candidate.path) compared with \(reference.path)"
        xml += "<testsuite name=\"\(Self.escaped(suite))\" \(counts) skipped=\"0\" time=\"0\">\n"
        for pair in report.pairs {
            switch pair.outcome {
            case .compared(_, isSame: true): xml += Self.testCase(pair.name)
            case .compared(let comparison, isSame: false):
                xml += Self.testCase(pair.name, "failure", "different", Self.text(of: comparison))
            case .failed(let problem): xml += Self.testCase(pair.name, "error", "failed", problem)
            }
        }
        for name in report.missing {
            xml += Self.testCase(name, "failure", "missing", "only in the reference, \(reference.path)")
        }
        for name in report.extra {
            xml += Self.testCase(name, "failure", "extra", "only in the candidate, \(candidate.path)")
        }
        xml += "</testsuite>\n</testsuites>\n"
        return Array(xml.utf8)
    }

    /// A test case; the folder of a mask is its class, as CI servers group tests.
    private static func testCase(
        _ name: String, _ element: String? = nil, _ kind: String = "", _ message: String = ""
    ) -> String {
        let parts = name.split(separator: "/")
        let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "masks"
        let start =
            "<testcase classname=\"\(escaped(folder))\" name=\"\(escaped(String(parts.last ?? "")))\" time=\"0\""
        guard let element else { return start + "/>\n" }
        return start + "><\(element) type=\"\(kind)\" message=\"\(escaped(message))\"/></testcase>\n"
    }

    private static func text(of comparison: BitmapComparison) -> String {
        let count = comparison.differingCount
        return "\(count) px \(count == 1 ? "differs" : "differ") "
            + "(\(DecimalText.string(100 * comparison.differingRatio, decimals: 4)) %), "
            + "IoU \(DecimalText.string(comparison.iou, decimals: 6))"
    }

    /// A text as the value of an attribute. Control characters, which XML does not allow, become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default:
                let isControl = scalar.properties.generalCategory == .control
                escaped.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
            }
        }
        return escaped
    }
}
