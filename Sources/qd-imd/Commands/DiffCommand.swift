import ArgumentParser
import Console
import FileAccess
import MaskDataset
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare masks with reference masks: counts of differing pixels, and metrics.",
        discussion: """
            Masks are paired by name; two single masks are always paired. A vector is rasterized at the size of the \
            other side. Of a dataset, the PNGs are compared, or the vectors if it has no PNGs. Its hole color and \
            backend are used unless these options are given.

            Exit codes: 0 all pairs are the same, within the limits; 1 some differ, or are on one side only; 2 \
            something could not be compared, or the result could not be written.
            """)

    @Argument(
        help: """
            A dataset, a mask (.png, .jpg, .json, .svg), a file of masks (.jsonl, .tar, .tar.gz, .zip, .npy, .npz, COCO's \
            .json), or a folder of them.
            """)
    var candidate: FilePath

    @Argument(help: "What to compare with: the same kinds.")
    var reference: FilePath

    @Option(
        help: ArgumentHelp(
            "Ignore pixels within this distance of the other side's hole, in px, at least 0.", valueName: "px"))
    var tolerance = 0.0

    @Option(
        help: ArgumentHelp(
            "Maximum number of differing pixels of a pair, at least 0. (default: 0, or no limit with --max-ratio)",
            valueName: "n"))
    var maxPixels: Int?

    @Option(
        help: ArgumentHelp(
            "Maximum ratio of differing pixels of a pair, 0 to 1. (default: no limit)", valueName: "ratio"))
    var maxRatio: Double?

    @Option(
        help: ArgumentHelp(
            "Color of holes in the candidate's PNGs. (default: as recorded in the dataset, otherwise white)",
            valueName: "color"))
    var candidateHole: HoleColor?

    @Option(
        help: ArgumentHelp(
            "Color of holes in the reference's PNGs. (default: as recorded in the dataset, otherwise white)",
            valueName: "color"))
    var referenceHole: HoleColor?

    @OptionGroup var threshold: ThresholdOption

    @Option(
        help: ArgumentHelp(
            """
            What is read of the candidate's PNGs with alpha: alpha, red, or luminance. (default: alpha that matters is \
            an error)
            """, valueName: "name"))
    var candidateChannel: PNGChannel?

    @Option(help: ArgumentHelp("What is read of the reference's PNGs with alpha.", valueName: "name"))
    var referenceChannel: PNGChannel?

    @Option(
        help: ArgumentHelp(
            "The rasterizer of vectors. (default: as recorded in the dataset, otherwise cairo)", valueName: "name"))
    var backend: Backend?

    @Option(
        help: ArgumentHelp(
            """
            Write an image of each pair that differs, and of a single pair: white is in both, orange in the candidate \
            only, blue in the reference only.
            """, valueName: "dir"))
    var overlay: FilePath?

    @OptionGroup var outputs: DiffReportOptions

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Print no summary, only errors. The exit code is the result.")
    var quiet = false

    func validate() throws {
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance is \(tolerance); expected at least 0")
        }
        if let maxPixels, maxPixels < 0 { throw ValidationError("--max-pixels is \(maxPixels); expected at least 0") }
        if let maxRatio, !(0...1).contains(maxRatio) {
            throw ValidationError("--max-ratio is \(maxRatio); expected 0 to 1")
        }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("comparing", unit: "pairs", progress)
        let comparison: MaskComparison
        let report: MaskComparison.Report
        do {
            defer { display?.end() }
            comparison = try makeComparison()
            let inputs = try OutputCheck(of: [comparison.candidate, comparison.reference])
            try outputs.check(inputs)
            if outputs.html != nil {
                for masks in [comparison.candidate, comparison.reference] { try masks.checkCanBeReadAgain() }
            }
            report = try await effectiveBackend(comparison).run(
                cairo: { try await comparison.run(makeRasterizer: $0, progress: progress) },
                exact: { try await comparison.run(makeRasterizer: $0, progress: progress) })
            try outputs.writeJSON(comparison, report)
            guard !report.pairs.isEmpty else {
                throw DataError.nothingToDo(
                    candidate,
                    expected: "masks of the same names as in \(reference), such as \(report.missing.first ?? "")")
            }
            try await outputs.writePage(comparison, report, effectiveBackend(comparison))
        } catch {
            throw Terminal.report(error, exitCode: 2)
        }
        let summary = ComparisonSummary(report: report, isSingle: comparison.isSingle)
        if !quiet, !outputs.usesStandardOutput { try Terminal.writeLines(summary.lines, exitCode: 2) }
        if !quiet {
            for message in comparison.candidate.skippedMessages + comparison.reference.skippedMessages {
                Terminal.printMessage(message)
            }
        }
        if report.failedCount > 0 {
            for message in summary.failureMessages { Terminal.printMessage(message) }
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
            holeColor: candidateHole ?? candidates.holeColor ?? .white, threshold: threshold.threshold,
            channel: candidateChannel)
        comparison.referenceReader = PNGReader(
            holeColor: referenceHole ?? references.holeColor ?? .white, threshold: threshold.threshold,
            channel: referenceChannel)
        comparison.overlayFolder = overlay
        comparison.replacesOverlays = outputs.overwrite
        comparison.jobs = jobs.count
        return comparison
    }

    private func effectiveBackend(_ comparison: MaskComparison) -> Backend {
        let recorded = comparison.candidate.manifest?.backend ?? comparison.reference.manifest?.backend
        return backend ?? recorded.flatMap { Backend(rawValue: $0) } ?? .cairo
    }
}
