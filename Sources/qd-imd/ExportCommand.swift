import ArgumentParser
import JSONText
import MaskDataset
import MaskModel
import PNGCodec
import SystemPackage

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Compose masks out of drawings and write them as a dataset: PNG, JSON and SVG.",
        discussion: """
            The defaults are QD-IMD's recipe. The same drawings, seed and options give the same bytes, whatever the \
            number of jobs and after any interruption.
            """)

    @Argument(help: "A Quick, Draw! file (.ndjson or .bin, also gzipped), a folder of them, or a stroke bank.")
    var source: FilePath

    @Option(name: .shortAndLong, help: ArgumentHelp("The dataset's folder, new or empty.", valueName: "dir"))
    var output: FilePath

    @Option(help: "How many masks for training.")
    var train = 50_000

    @Option(help: "How many masks for testing, from other categories.")
    var test = 10_000

    @Option(help: "Which of 2^64 datasets.")
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "The canvas in which masks are composed, in px; one number for both sides.", valueName: "WxH"))
    var canvas = SizeArgument(.standard)

    @Option(
        help: ArgumentHelp(
            "The size of the PNGs, in px, in the canvas's ratio. (default: the canvas's)", valueName: "WxH"))
    var size: SizeArgument?

    @Option(help: ArgumentHelp("What to write, of png, json and svg.", valueName: "list"))
    var formats = FormatsArgument()

    @Option(
        help: ArgumentHelp(
            """
            Write tar files of this many masks each, 1 or more, instead of a file for each mask. (default for the layout \
            webdataset: 5000)
            """, valueName: "n"))
    var tar: Int?

    @Option(help: "The mean number of strokes, of a normal distribution rounded to 1 or more.")
    var strokesMean = 4.0

    @Option(help: "The standard deviation of the number of strokes.")
    var strokesStd = 2.0

    @Option(help: "The smallest stroke width before scaling, in px of the canvas, 0.01 or more.")
    var minStrokeWidth = 5.0

    @Option(help: "The largest stroke width before scaling, in px of the canvas.")
    var maxStrokeWidth = 15.0

    @Option(help: "The largest upscale rate, 1 to 100; rates are uniform from 1.")
    var maxUpscaleRate = 1.5

    @Option(help: "How many drawings to take of a category, from the start of each file.")
    var drawingsPerFile = 1000

    @Option(help: "How many strokes to take of each drawing, at random.")
    var strokesPerDrawing = 1

    @Option(
        help: """
            The colour of holes in PNG and SVG: white (255) or black (0). (default: black in the layout mat, white in all \
            others)
            """)
    var hole: HoleColor?

    @OptionGroup var layouts: LayoutOptions

    @Option(help: "Bits a pixel of the PNGs: 8 (0 and 255) or 1 (smaller; Pillow reads it as bool).")
    var bitDepth = MaskPNGEncoder.BitDepth.eight

    @Option(help: "What draws the PNGs: cairo, or the exact rule itself.")
    var backend = Backend.cairo

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Go on with an export that was interrupted.")
    var resume = false

    @Flag(help: "Replace the dataset in the folder, once the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        guard train >= 0, test >= 0, train + test > 0 else {
            throw ValidationError("--train \(train) --test \(test); wanted 0 or more, and 1 or more together")
        }
        if let tar, tar < 1 { throw ValidationError("--tar is \(tar); wanted 1 or more") }
        guard drawingsPerFile >= 1 else {
            throw ValidationError("--drawings-per-file is \(drawingsPerFile); wanted 1 or more")
        }
        guard strokesPerDrawing >= 1 else {
            throw ValidationError("--strokes-per-drawing is \(strokesPerDrawing); wanted 1 or more")
        }
        if resume, overwrite { throw ValidationError("--resume and --overwrite; wanted one of them") }
        let pictureSize = size?.size ?? canvas.size
        guard pictureSize.hasAspectRatio(of: canvas.size) else {
            throw ValidationError(
                "--size \(pictureSize) is not in the ratio of the canvas, \(canvas.size); wanted that ratio")
        }
        try backend.check(pictureSize)
        do {
            try settings().checkLayouts(output: output)
        } catch let error as DatasetError {
            throw ValidationError("\(error)")
        }
    }

    private func spec() throws -> MaskSpec {
        do {
            return try MaskSpec(
                canvas: canvas.size, strokesMean: strokesMean, strokesStd: strokesStd, minStrokeWidth: minStrokeWidth,
                maxStrokeWidth: maxStrokeWidth, maxUpscaleRate: maxUpscaleRate)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private func settings(images: ImageList? = nil) throws -> ExportSettings {
        var settings = ExportSettings()
        settings.spec = try spec()
        settings.pool.drawingsPerFile = drawingsPerFile
        settings.pool.strokesPerDrawing = strokesPerDrawing
        settings.seed = seed
        settings.trainCount = train
        settings.testCount = test
        settings.formats = formats.formats
        settings.size = size?.size
        layouts.apply(to: &settings, tar: tar, hole: hole, images: images)
        settings.bitDepth = bitDepth
        settings.backend = backend.rawValue
        return settings
    }

    func run() async throws {
        let settings: ExportSettings
        do {
            settings = try self.settings(images: try layouts.imageList.map { try ImageList($0) })
        } catch {
            throw Terminal.failure(error)
        }
        let export = DatasetExport(
            source: source, output: output, settings: settings,
            existing: resume ? .resume : overwrite ? .overwrite : .refuse, jobs: jobs.count)
        let (reading, making, layingOut) = (WorkProgress(), WorkProgress(), WorkProgress())
        let displays =
            quiet
            ? []
            : [
                ProgressDisplay("reading", unit: "files", reading), ProgressDisplay("making", unit: "masks", making),
                ProgressDisplay("laying out", unit: "masks", layingOut),
            ]
        let start = ContinuousClock.now
        let summary: DatasetExport.Summary
        do {
            defer { for display in displays { display.end() } }
            summary = try await backend.run(
                cairo: {
                    try await export.run(
                        makeRasterizer: $0, reading: reading, making: making, layingOut: layingOut)
                },
                exact: {
                    try await export.run(
                        makeRasterizer: $0, reading: reading, making: making, layingOut: layingOut)
                })
        } catch {
            throw Terminal.failure(error)
        }
        if !quiet { say(summary, seconds: (ContinuousClock.now - start) / .seconds(1)) }
    }

    private func say(_ summary: DatasetExport.Summary, seconds: Double) {
        let count = summary.trainCount + summary.testCount
        let made = count - summary.resumedCount
        Terminal.say(
            """
            \(output): \(grouped(summary.trainCount)) train and \(grouped(summary.testCount)) test masks \
            of \(summary.trainCategories) and \(summary.testCategories) categories, \
            mean hole ratio \(percent(summary.meanHoleRatio))
            """)
        if summary.resumedCount > 0 { Terminal.say("\(grouped(summary.resumedCount)) of them were there already") }
        if made > 0, seconds > 0 {
            Terminal.say(
                "\(grouped(made)) masks in \(clock(seconds)), \(grouped(Int(Double(made) / seconds))) a second")
        }
        Terminal.say("look at \(output.appending("preview.png"))")
    }

    private func clock(_ seconds: Double) -> String {
        seconds < 60
            ? DecimalText.string(seconds, decimals: 1) + " s" : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }
}
