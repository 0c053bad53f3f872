import ArgumentParser
import Console
import MaskDataset

@main
struct QDIMD: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qd-imd",
        abstract: "Makes irregular masks for image inpainting out of strokes that people drew.",
        discussion: """
            A mask is a vector: brush strokes from Quick, Draw! drawings on a canvas. It is written as JSON and SVG, drawn \
            as PNG at any size, and compared with what others drew.

            Exit codes: 0 done; 1 failed, or diff found a difference; 2 diff could not compare; 64 wrong usage.
            """,
        version: programVersion,
        subcommands: [
            DownloadCommand.self, IndexCommand.self, ExportCommand.self, RasterizeCommand.self, DiffCommand.self,
            InspectCommand.self, ReportCommand.self, PresetsCommand.self, SchemaCommand.self,
        ])

    static func main() async {
        Terminal.outliveFailedWrites()
        await main(nil)
    }
}
