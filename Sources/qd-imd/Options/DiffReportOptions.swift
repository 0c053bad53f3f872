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

    @Flag(help: "Replace existing files of --json and --html.")
    var overwrite = false

    func validate() throws {
        if json?.isStandardOutput == true, html?.isStandardOutput == true {
            throw ValidationError("--json - cannot be used with --html -; only one can be printed")
        }
    }

    /// Whether standard output contains a file, and therefore no summary.
    var usesStandardOutput: Bool { json?.isStandardOutput == true || html?.isStandardOutput == true }

    /// Rejects existing files before any work is done.
    func checkOutputs() throws {
        try json?.check(overwrite: overwrite)
        try html?.check(overwrite: overwrite)
    }

    /// Writes the JSON file, if requested.
    func writeJSON(_ comparison: MaskComparison, _ report: MaskComparison.Report) throws {
        try json?.write(comparison.json(of: report))
    }

    /// Writes the page, if requested.
    func writePage(_ comparison: MaskComparison, _ report: MaskComparison.Report, _ backend: Backend) async throws {
        guard let html else { return }
        let page = try await backend.run(
            cairo: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page },
            exact: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page })
        try html.write(page)
    }
}
