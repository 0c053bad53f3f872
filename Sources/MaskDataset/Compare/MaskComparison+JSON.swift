package import JSONText
package import MaskDiff
import MaskModel
import SystemPackage

extension MaskComparison {
    /// Returns the report as a JSON document: limits, counts, names, and all metrics of every pair.
    public func json(of report: Report) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.member("format", "qd-imd-diff/1")
            json.member("candidate", candidate.path.string)
            json.member("reference", reference.path.string)
            json.member("tolerance", tolerance, decimals: 6)
            json.name("max_pixels")
            if let maximumPixels { json.value(maximumPixels) } else { json.null() }
            json.name("max_ratio")
            if let maximumRatio { json.value(maximumRatio, decimals: 9) } else { json.null() }
            if !ignored.areas.isEmpty {
                json.name("ignore")
                json.array { json in
                    for area in ignored.areas {
                        json.array { json in
                            for number in [area.x, area.y, area.size.width, area.size.height] { json.value(number) }
                        }
                    }
                }
            }
            if let mask = ignored.maskPath { json.member("ignore_mask", mask.string) }
            json.member("same", report.sameCount)
            json.member("different", report.differentCount)
            json.member("failed", report.failedCount)
            json.name("missing")
            json.array { json in for name in report.missing { json.value(name) } }
            json.name("extra")
            json.array { json in for name in report.extra { json.value(name) } }
            json.name("pairs")
            json.array { json in
                for pair in report.pairs { pair.write(to: &json) }
            }
        }
        json.endLine()
        return json.bytes
    }
}

extension MaskComparison.Report.Pair {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            switch outcome {
            case .failed(let problem):
                json.member("result", "failed")
                json.member("problem", problem)
            case .compared(let comparison, let isSame):
                json.member("result", isSame ? "same" : "different")
                comparison.write(to: &json)
            }
        }
    }
}

extension BitmapComparison {
    /// Writes all metrics as members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("size", size)
        json.member("both", bothCount)
        json.member("only_candidate", onlyCandidateCount)
        json.member("only_reference", onlyReferenceCount)
        json.member("forgiven", forgivenCount)
        json.member("differing", differingCount)
        json.member("iou", iou, decimals: 9)
        json.member("dice", dice, decimals: 9)
        json.member("boundary_iou", boundaryIoU, decimals: 9)
        json.member("hausdorff95", hausdorff95 ?? .nan, decimals: 9)
        json.member("candidate_hole_ratio", candidateHoleRatio, decimals: 9)
        json.member("reference_hole_ratio", referenceHoleRatio, decimals: 9)
        json.member("hole_ratio_difference", holeRatioDifference, decimals: 9)
    }
}
