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

    @OptionGroup(title: "Limits") var limits: DiffLimitOptions

    @OptionGroup(title: "Masks") var masks: DiffInputOptions

    @OptionGroup(title: "Outputs") var outputs: DiffReportOptions

    @Flag(
        help: """
            Accept the candidate as the new reference: copy the files of pairs that differ over those of the reference, \
            and add those that only the candidate has. Nothing changes if a pair cannot be compared.
            """)
    var update = false

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Print no summary, only errors. The exit code is the result.")
    var quiet = false

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("comparing", unit: "pairs", progress)
        let comparison: MaskComparison
        let report: MaskComparison.Report
        let referenceUpdate: ReferenceUpdate?
        do {
            defer { display?.end() }
            comparison = try makeComparison()
            referenceUpdate = update ? try ReferenceUpdate(of: comparison) : nil
            if update, comparison.candidateReader.holeColor != comparison.referenceReader.holeColor {
                throw DataError(reference, "has holes of another color than the candidate; expected the same")
            }
            let inputs = try OverwriteCheck(of: [comparison.candidate, comparison.reference])
            try outputs.check(inputs)
            if outputs.html != nil {
                for masks in [comparison.candidate, comparison.reference] { try masks.checkCanBeReadAgain() }
            }
            report = try await effectiveBackend(comparison).run(
                cairo: { try await comparison.run(makeRasterizer: $0, progress: progress) },
                exact: { try await comparison.run(makeRasterizer: $0, progress: progress) })
            try outputs.writeFiles(comparison, report)
            guard !report.pairs.isEmpty || update else {
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
        if let referenceUpdate { return try finish(referenceUpdate, report) }
        if report.differentCount + report.missing.count + report.extra.count > 0 { throw ExitCode(1) }
    }

    /// Updates the reference; the result is that of a comparison with the new one.
    private func finish(_ update: ReferenceUpdate, _ report: MaskComparison.Report) throws {
        let summary: ReferenceUpdate.Summary
        do {
            summary = try update.run(report)
        } catch {
            throw Terminal.report(error, exitCode: 2)
        }
        if !quiet {
            Terminal.printMessage(
                "\(reference): \(counted(summary.replacedCount, "mask")) replaced, "
                    + "\(grouped(summary.addedCount)) added")
        }
        if !report.missing.isEmpty { throw ExitCode(1) }
    }

    private func makeComparison() throws(DataError) -> MaskComparison {
        let candidates = try MaskCollection(at: candidate, contents: .all)
        let references = try MaskCollection(at: reference, contents: .all)
        var comparison = MaskComparison(of: candidates, with: references)
        try limits.apply(to: &comparison)
        comparison.candidateReader = masks.candidateReader(candidates)
        comparison.referenceReader = masks.referenceReader(references)
        comparison.overlayFolder = outputs.overlay
        comparison.replacesOverlays = outputs.overwrite
        comparison.jobs = jobs.count
        return comparison
    }

    private func effectiveBackend(_ comparison: MaskComparison) -> Backend {
        let recorded = comparison.candidate.manifest?.backend ?? comparison.reference.manifest?.backend
        return masks.backend ?? recorded.flatMap { Backend(rawValue: $0) } ?? .cairo
    }
}
