import ArgumentParser
import FileAccess
import MaskDataset
import MaskReport
import SystemPackage

/// Files that `diff` writes about a comparison.
struct DiffReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write all counts and metrics of all pairs as JSON; - prints them in place of the summary.",
            valueName: "file"))
    var json: OutputTarget?

    @Option(
        help: ArgumentHelp(
            "Write a web page that shows the pairs, the worst first; - prints it in place of the summary.",
            valueName: "file"))
    var html: OutputTarget?

    @Flag(help: "Replace existing files of --json and --html, and existing images of --overlay.")
    var overwrite = false

    func validate() throws {
        if json?.isStandardOutput == true, html?.isStandardOutput == true {
            throw ValidationError("--json - cannot be used with --html -; only one can be printed")
        }
        if let json = json?.path, json == html?.path {
            throw ValidationError("--json and --html are the same file, \(json); expected two")
        }
    }

    /// Whether standard output contains a file, and therefore no summary.
    var usesStandardOutput: Bool { json?.isStandardOutput == true || html?.isStandardOutput == true }

    /// Rejects existing files, inputs, and parts of a dataset, before any work is done.
    func check(_ inputs: OutputCheck) throws {
        try json?.check(overwrite: overwrite, inputs: inputs)
        try html?.check(overwrite: overwrite, inputs: inputs)
    }

    /// Writes the JSON file, if requested.
    func writeJSON(_ comparison: MaskComparison, _ report: MaskComparison.Report) throws {
        try json?.write(comparison.json(of: report), exitCode: 2)
    }

    /// Writes the page, if requested.
    func writePage(_ comparison: MaskComparison, _ report: MaskComparison.Report, _ backend: Backend) async throws {
        guard let html else { return }
        let page = try await backend.run(
            cairo: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page },
            exact: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page })
        try html.write(page, exitCode: 2)
    }
}
