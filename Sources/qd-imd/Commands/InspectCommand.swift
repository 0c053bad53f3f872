import StrokeBank
import ArgumentParser
import Console
import JSONText
import MaskDataset
import MaskModel
import PNGCodec
import QuickDraw
import SystemPackage

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what is in a dataset, in masks, in a stroke bank, or in a Quick, Draw! source.")

    @Argument(
        help: """
            A dataset, a mask (.png, .json, .jsonl, .svg), a .tar, a stroke bank, a .ndjson or .bin file, or a folder of \
            them.
            """)
    var path: FilePath

    @OptionGroup(title: "Drawings") var report: SourceReportOptions

    @OptionGroup var damage: DamageOptions

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("reading", unit: "files", progress)
        let lines: [String]
        do {
            defer { display?.end() }
            if let source = try await inspectSource(progress) {
                for line in source.findings.damageLines { Terminal.say(line) }
                lines = report.lines(of: source)
            } else {
                try report.checkIsUnused(path)
                let masks = try MaskCollection(inDetailAt: path)
                let inspection = try await MaskInspection(of: masks, jobs: jobs.count, progress: progress)
                lines = describe(masks.manifest) + describe(inspection)
            }
        } catch {
            throw Terminal.failure(error)
        }
        try Terminal.output(lines.map { $0 + "\n" }.joined())
    }

    /// What is in the drawings there; nil if there are none.
    private func inspectSource(_ progress: WorkProgress) async throws -> SourceInspection? {
        if MappedBank.isBank(path) {
            return try await SourceInspection(ofBankAt: path, jobs: jobs.count, progress: progress)
        }
        guard SourceInspection.isSource(path) else { return nil }
        return try await SourceInspection(
            of: path, skipsDamaged: damage.skipDamaged, jobs: jobs.count, progress: progress)
    }

    private func describe(_ manifest: DatasetManifest?) -> [String] {
        guard let manifest else { return [] }
        let formats = DatasetFormat.allCases.filter(manifest.formats.contains).map(\.rawValue)
        let layouts = LayoutKind.allCases.filter { manifest.layouts[$0] != nil }.map(\.rawValue)
        let contents = (formats + (layouts == [LayoutKind.qdIMD.rawValue] ? [] : layouts)).joined(separator: ", ")
        return [
            "dataset       \(manifest.version), seed \(manifest.seed), \(contents)",
            """
            images      \(manifest.imageSize) px, \(manifest.bitDepth.rawValue)-bit, \(manifest.holeColor.rawValue) holes, \
            by \(manifest.backend)
            """,
        ]
            + Split.allCases.map { split in
                let words = manifest.categories[split] ?? []
                return row(
                    split.rawValue,
                    "\(grouped(manifest.masks[split] ?? 0)) masks of \(words.count) categories: \(shortened(words))")
            }
    }

    private func describe(_ inspection: MaskInspection) -> [String] {
        var lines = [
            row("masks", grouped(inspection.maskCount)),
            row(
                "sizes",
                inspection.sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
                    .map { "\(grouped($0.value)) of \($0.key) px" }.joined(separator: ", ")),
        ]
        if inspection.vectorCount > 0 {
            lines.append(row("strokes", "\(spread(inspection.strokes, decimals: 1)) a mask"))
            lines.append(row("widths", "\(spread(inspection.widths, decimals: 2)) px"))
        }
        if !inspection.words.isEmpty {
            let common = inspection.words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
            lines.append(
                row(
                    "categories",
                    "\(inspection.words.count), most often "
                        + common.map { "\($0.key) \(grouped($0.value))" }.joined(separator: ", ")))
        }
        let ratio = inspection.holeRatio
        lines.append(
            row(
                "hole ratio",
                "mean \(percent(ratio.mean, decimals: 2)), median \(percent(ratio.quantile(0.5), decimals: 2)), \(percent(ratio.minimum, decimals: 2)) to \(percent(ratio.maximum, decimals: 2))"
            ))
        return lines + histogram(ratio)
    }

    private func row(_ title: String, _ text: String) -> String {
        title + String(repeating: " ", count: max(1, 14 - title.count)) + text
    }

    private func spread(_ statistics: Statistics, decimals: Int) -> String {
        func text(_ value: Double) -> String { DecimalText.string(value, decimals: decimals) }
        return """
            mean \(text(statistics.mean)), median \(text(statistics.quantile(0.5))), \
            \(text(statistics.minimum)) to \(text(statistics.maximum))
            """
    }

    private func shortened(_ words: [String]) -> String {
        words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", …" : "")
    }

    /// Bars of 5 % each, up to the last that has a mask.
    private func histogram(_ ratio: Statistics) -> [String] {
        var counts = ratio.histogram(edges: stride(from: 0.0, through: 20, by: 1).map { $0 == 20 ? 1.01 : $0 / 20 })
        while let last = counts.last, last == 0 { counts.removeLast() }
        let most = counts.max() ?? 0
        return counts.enumerated().map { index, count in
            let range = "\(5 * index) to \(5 * index + 5) %"
            let bar = String(repeating: "█", count: most == 0 ? 0 : (40 * count + most - 1) / most)
            return "  " + range + String(repeating: " ", count: max(1, 12 - range.count)) + bar + " \(grouped(count))"
        }
    }
}
