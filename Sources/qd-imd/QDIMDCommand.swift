import ArgumentParser
import Console
import MaskDataset

@main
struct QDIMDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qd-imd",
        abstract: "Generate irregular masks for image inpainting from strokes that people drew.",
        discussion: """
            A mask is a vector: brush strokes from Quick, Draw! drawings on a canvas. It is stored as JSON and SVG, \
            rasterized as PNG at any size, and compared with other masks.

            Data goes to standard output, messages to standard error. Where a single file is written, - is standard \
            output. An existing file is replaced only with --overwrite.

            Exit codes: 0 success; 1 failure, or diff found a difference; 2 diff could not compare; 64 invalid options; \
            75 try again later: another process uses the output, or a shard is not available yet.
            """,
        version: programVersion,
        subcommands: [
            DownloadCommand.self, IndexCommand.self, ExportCommand.self, PlanCommand.self, StatusCommand.self,
            MergeCommand.self, VerifyCommand.self, RasterizeCommand.self, VectorizeCommand.self, DiffCommand.self,
            InspectCommand.self, SplitCommand.self, ReportCommand.self, PresetsCommand.self, SchemaCommand.self,
        ])

    static func main() async {
        // What diff exits with if it could not compare.
        AddressSpaceLimit.prepareForLimit(exitCode: CommandLine.arguments.dropFirst().first == "diff" ? 2 : 1)
        await runAndExit()
    }
}
