import ArgumentParser
import FileAccess
import MaskDataset
import MaskReport
import SystemPackage

/// A web page of what `diff` found.
struct DiffPageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write a web page that shows the pairs, worst first.", valueName: "file"))
    var html: FilePath?

    @Flag(help: "Replace what --html names.")
    var overwrite = false

    /// Refuses a page that is there already, before any work is done.
    func check() throws {
        try html?.checkIsFree(overwrite: overwrite)
    }

    /// Writes the page, if it is wanted.
    func write(_ comparison: MaskComparison, _ report: MaskComparison.Report, _ backend: Backend) async throws {
        guard let html else { return }
        let page = try await backend.run(
            cairo: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page },
            exact: { try await DiffReport(of: comparison, report, makeRasterizer: $0).page })
        try html.writeFile(page)
    }
}
