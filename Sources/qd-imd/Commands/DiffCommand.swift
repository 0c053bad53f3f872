import ArgumentParser
import Console
import FileAccess
import JSONText
import MaskDataset
import MaskDiff
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare masks with a reference, pixel by pixel and by the usual metrics.",
        discussion: """
            Masks are paired by name; two single files always. A vector is drawn at the other side's size. Of a dataset, \
            its PNGs are compared, or its vectors if it has none; the color of its holes and its backend are taken over.

            Exit codes: 0 all same, within the limits; 1 some differ, or are on one side only; 2 could not compare.
            """)

    @Argument(help: "A PNG, a vector file (.json, .jsonl, .svg), a .tar or a folder of them, or an exported dataset.")
    var candidate: FilePath

    @Argument(help: "What it is held against; the same kinds.")
    var reference: FilePath

    @Option(
        help: ArgumentHelp(
            "Forgive pixels within this distance of the other's hole, in px, 0 or more.", valueName: "px"))
    var tolerance = 0.0

    @Option(
        help: ArgumentHelp(
            "How many pixels of a pair may differ. (default: 0, unless --max-ratio is given)", valueName: "n"))
    var maxPixels: Int?

    @Option(help: ArgumentHelp("What share of a pair's pixels may differ, 0 to 1.", valueName: "r"))
    var maxRatio: Double?

    @Option(help: "The color of the candidate's holes in PNGs: white or black. (default: the dataset's, or white)")
    var candidateHole: HoleColor?

    @Option(help: "The color of the reference's holes in PNGs: white or black. (default: the dataset's, or white)")
    var referenceHole: HoleColor?

    @Option(
        help:
            "The brightness from which a pixel of a PNG is white, 1 to 255. (default: 128, and other colors than black and white are an error)"
    )
    var threshold: UInt8?

    @Option(help: "What draws vectors: cairo or exact. (default: the dataset's, or cairo)")
    var backend: Backend?

    @Option(
        help: ArgumentHelp(
            "Write an image of each pair that differs: white both, orange only the candidate, blue only the reference.",
            valueName: "dir"))
    var overlay: FilePath?

    @Option(help: ArgumentHelp("Write all figures of all pairs as JSON.", valueName: "file"))
    var json: FilePath?

    @OptionGroup var page: DiffPageOptions

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Print nothing; the exit code says it.")
    var quiet = false

    func validate() throws {
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance is \(tolerance); expected 0 or more")
        }
        if let maxPixels, maxPixels < 0 { throw ValidationError("--max-pixels is \(maxPixels); expected 0 or more") }
        if let maxRatio, !(0...1).contains(maxRatio) {
            throw ValidationError("--max-ratio is \(maxRatio); expected 0 to 1")
        }
        if threshold == 0 { throw ValidationError("--threshold is 0; expected 1 to 255") }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("comparing", unit: "pairs", progress)
        let comparison: MaskComparison
        let report: MaskComparison.Report
        do {
            defer { display?.end() }
            try page.check()
            comparison = try makeComparison()
            report = try await chosenBackend(comparison).run(
                cairo: { try await comparison.run(makeRasterizer: $0, progress: progress) },
                exact: { try await comparison.run(makeRasterizer: $0, progress: progress) })
            if let json { try json.writeFile(comparison.json(of: report)) }
            guard !report.pairs.isEmpty else {
                throw DataError.nothingToDo(
                    candidate,
                    expected: "masks of the same names as in \(reference), such as \(report.missing.first ?? "")")
            }
            try await page.write(comparison, report, chosenBackend(comparison))
        } catch {
            throw Terminal.failure(error, code: 2)
        }
        if !quiet { try Terminal.output(DiffText(report: report, isSingle: comparison.isSingle).text) }
        if report.failedCount > 0 {
            for pair in report.pairs { if case .failed(let problem) = pair.outcome { Terminal.say(problem) } }
            throw ExitCode(2)
        }
        if report.differentCount + report.missing.count + report.extra.count > 0 { throw ExitCode(1) }
    }

    private func makeComparison() throws(DataError) -> MaskComparison {
        let candidates = try MaskCollection(at: candidate, contents: .all)
        let references = try MaskCollection(at: reference, contents: .all)
        var comparison = MaskComparison(of: candidates, with: references)
        comparison.tolerance = tolerance
        comparison.maximumPixels = maxPixels
        comparison.maximumRatio = maxRatio
        comparison.candidateReader = PNGReader(
            holeColor: candidateHole ?? candidates.holeColor ?? .white, threshold: threshold)
        comparison.referenceReader = PNGReader(
            holeColor: referenceHole ?? references.holeColor ?? .white, threshold: threshold)
        comparison.overlayFolder = overlay
        comparison.jobs = jobs.count
        return comparison
    }

    private func chosenBackend(_ comparison: MaskComparison) -> Backend {
        let recorded = comparison.candidate.manifest?.backend ?? comparison.reference.manifest?.backend
        return backend ?? recorded.flatMap { Backend(rawValue: $0) } ?? .cairo
    }
}

/// A report as people read it: all figures of a single pair; of many, the counts, and the pairs that differ most.
struct DiffText {
    let report: MaskComparison.Report
    let isSingle: Bool
    private static let listLimit = 10

    var text: String {
        var lines: [String] = []
        if isSingle, let pair = report.pairs.first, case .compared(let comparison, let isSame) = pair.outcome {
            lines += ["\(pair.name): \(isSame ? "same" : "different"), \(comparison.size) px"] + figures(comparison)
        } else {
            lines.append(
                """
                \(grouped(report.sameCount)) same, \(grouped(report.differentCount)) different, \
                \(grouped(report.missing.count)) missing, \(grouped(report.extra.count)) extra, \
                \(grouped(report.failedCount)) failed
                """)
            lines += worstPairs
            lines += names("only in the reference:", report.missing) + names("only in the candidate:", report.extra)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func figures(_ comparison: BitmapComparison) -> [String] {
        let distance =
            comparison.hausdorff95.map { DecimalText.string($0, decimals: 3) + " px" } ?? "none, as one is empty"
        var lines = [
            "  only in the candidate   \(grouped(comparison.onlyCandidateCount)) px",
            "  only in the reference   \(grouped(comparison.onlyReferenceCount)) px",
        ]
        if comparison.forgivenCount > 0 {
            lines.append("  of these forgiven       \(grouped(comparison.forgivenCount)) px")
        }
        return lines + [
            "  IoU                     \(DecimalText.string(comparison.iou, decimals: 6))",
            "  Dice                    \(DecimalText.string(comparison.dice, decimals: 6))",
            "  Boundary IoU            \(DecimalText.string(comparison.boundaryIoU, decimals: 6))",
            "  Hausdorff, 95 %         \(distance)",
            """
              hole ratio              \(percent(comparison.candidateHoleRatio, decimals: 3)) against \
            \(percent(comparison.referenceHoleRatio, decimals: 3))
            """,
        ] + polarityHint(comparison)
    }

    /// Two masks that hardly share a pixel, and together cover the image, are most likely of opposite polarity.
    private func polarityHint(_ comparison: BitmapComparison) -> [String] {
        comparison.differingRatio > 0.9
            ? ["  nearly all pixels differ: is --candidate-hole or --reference-hole the other color?"] : []
    }

    private var worstPairs: [String] {
        let different = report.pairs.compactMap { pair -> (String, BitmapComparison)? in
            guard case .compared(let comparison, false) = pair.outcome else { return nil }
            return (pair.name, comparison)
        }
        .sorted { ($0.1.iou, $0.0) < ($1.1.iou, $1.0) }
        let rows = different.prefix(Self.listLimit).map { name, comparison in
            "  \(name)  \(grouped(comparison.differingCount)) px differ, IoU \(DecimalText.string(comparison.iou, decimals: 6))"
        }
        let rest = different.count - rows.count
        let hint = different.first.map { polarityHint($0.1) } ?? []
        return rows + (rest > 0 ? ["  … and \(grouped(rest)) more"] : []) + hint
    }

    private func names(_ title: String, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        let rest = names.count - Self.listLimit
        return [title] + names.prefix(Self.listLimit).map { "  \($0)" }
            + (rest > 0 ? ["  … and \(grouped(rest)) more"] : [])
    }
}
