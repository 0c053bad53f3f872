import ArgumentParser
import FileAccess
import MaskDataset
import MaskReport
import SystemPackage

/// Files that `diff` writes about a comparison.
struct DiffReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Write an image of each pair that differs, and of a single pair: white is in both, orange in the candidate \
            only, blue in the reference only.
            """, valueName: "dir"))
    var overlay: FilePath?

    @Option(
        help: ArgumentHelp(
            "Write all counts and metrics of all pairs as JSON; - prints them in place of the summary.",
            valueName: "file"))
    var json: OutputArgument?

    @Option(
        help: ArgumentHelp(
            "Write a web page that shows the pairs, the worst first; - prints it in place of the summary.",
            valueName: "file"))
    var html: OutputArgument?

    @Option(
        help: ArgumentHelp(
            "Write JUnit XML, with a test case for each pair, for CI servers; - prints it in place of the summary.",
            valueName: "file"))
    var junit: OutputArgument?

    @Flag(help: "Replace existing files of --json, --html, and --junit, and existing images of --overlay.")
    var overwrite = false

    func validate() throws {
        for (index, file) in files.enumerated() {
            for other in files[(index + 1)...] {
                if file.target?.isStandardOutput == true, other.target?.isStandardOutput == true {
                    throw ValidationError("\(file.name) - cannot be used with \(other.name) -; only one can be printed")
                }
                if let path = file.target?.path, path == other.target?.path {
                    throw ValidationError("\(file.name) and \(other.name) are the same file, \(path); expected two")
                }
            }
        }
    }

    private var files: [(name: String, target: OutputArgument?)] {
        [("--json", json), ("--html", html), ("--junit", junit)]
    }

    /// Whether standard output contains a file, and therefore no summary.
    var usesStandardOutput: Bool { files.contains { $0.target?.isStandardOutput == true } }

    /// Rejects existing files, inputs, and parts of a dataset, before any work is done.
    func check(_ inputs: OverwriteCheck) throws {
        for file in files { try file.target?.check(overwrite: overwrite, inputs: inputs) }
    }

    /// Writes the JSON and the JUnit file, if requested.
    func writeFiles(_ comparison: MaskComparison, _ report: MaskComparison.Report) throws {
        try json?.write(comparison.json(of: report), exitCode: 2)
        try junit?.write(comparison.junit(of: report), exitCode: 2)
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
