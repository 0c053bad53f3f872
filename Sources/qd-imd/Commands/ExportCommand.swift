import ArgumentParser
import Console
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

    @Option(
        help: ArgumentHelp(
            "Where to start from; qd-imd presets lists them. All other options change it.", valueName: "name"))
    var preset: PresetArgument?

    @Option(
        help: ArgumentHelp(
            "A JSON file to start from: a dataset.json, or some of its members.", valueName: "file"))
    var spec: FilePath?

    @Option(help: "How many masks for training. (default: 50000)")
    var train: Int?

    @Option(help: "How many masks for testing, from other categories. (default: 10000)")
    var test: Int?

    @Option(help: "Which of 2^64 datasets. (default: 0)")
    var seed: UInt64?

    @OptionGroup(title: "Recipe")
    var recipe: RecipeOptions

    @Option(help: "How many drawings to take of a category, from the start of each file. (default: 1000)")
    var drawingsPerFile: Int?

    @Option(help: "How many strokes to take of each drawing, at random. (default: 1)")
    var strokesPerDrawing: Int?

    @OptionGroup(title: "Filters") var filters: FilterOptions

    @OptionGroup var damage: DamageOptions

    @Option(
        help: ArgumentHelp(
            "The size of the PNGs, in px, in the canvas's ratio. (default: the canvas's)", valueName: "WxH"))
    var size: SizeArgument?

    @Option(help: ArgumentHelp("What to write, of png, json and svg. (default: png,json,svg)", valueName: "list"))
    var formats: FormatsArgument?

    @Option(
        help: ArgumentHelp(
            """
            Write tar files of this many masks each, 1 or more, instead of a file for each mask. (default for the layout \
            webdataset: 5000)
            """, valueName: "n"))
    var tar: Int?

    @Option(
        help: "The color of holes in PNG and SVG: white (255) or black (0). (default: white; black in the layout mat)")
    var hole: HoleColor?

    @Option(help: "Bits a pixel of the PNGs: 8 (0 and 255) or 1 (smaller; Pillow reads it as bool). (default: 8)")
    var bitDepth: MaskPNGEncoder.BitDepth?

    @Option(help: "What draws the PNGs: cairo, or the exact rule itself. (default: cairo)")
    var backend: Backend?

    @OptionGroup(title: "Layouts") var layouts: LayoutOptions

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Go on with an export that was interrupted.")
    var resume = false

    @Flag(help: "Replace the dataset in the folder, once the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        if let tar, tar < 1 { throw ValidationError("--tar is \(tar); expected 1 or more") }
        if let drawingsPerFile, drawingsPerFile < 1 {
            throw ValidationError("--drawings-per-file is \(drawingsPerFile); expected 1 or more")
        }
        if let strokesPerDrawing, strokesPerDrawing < 1 {
            throw ValidationError("--strokes-per-drawing is \(strokesPerDrawing); expected 1 or more")
        }
        if resume, overwrite { throw ValidationError("--resume and --overwrite; expected one of them") }
        if preset != nil, spec != nil { throw ValidationError("--preset and --spec; expected one of them") }
        // A spec's file is read when the export runs.
        if spec == nil { _ = try settings() }
    }

    /// What a preset or a file says, and what the options change of it.
    private func settings(images: ImageList? = nil) throws -> ExportSettings {
        var settings = try start()
        if let train { settings.trainCount = train }
        if let test { settings.testCount = test }
        if let seed { settings.seed = seed }
        if let drawingsPerFile { settings.pool.drawingsPerFile = drawingsPerFile }
        if let strokesPerDrawing { settings.pool.strokesPerDrawing = strokesPerDrawing }
        settings.pool.filter = try filters.filter(over: settings.pool.filter)
        if damage.skipDamaged { settings.pool.skipsDamaged = true }
        if let size { settings.size = size.size }
        if let formats { settings.formats = formats.formats }
        layouts.apply(to: &settings, tar: tar, hole: hole, images: images)
        if let bitDepth { settings.bitDepth = bitDepth }
        if let backend { settings.backend = backend.rawValue }
        do throws(MaskSpecError) {
            try settings.change(recipe.changes)
        } catch {
            throw ValidationError("\(error)")
        }
        try check(settings)
        if layouts.imageList != nil, !settings.layouts.kinds.contains(.lama) {
            throw ValidationError("--image-list without --layout lama; expected both")
        }
        // Once the images are read, the export checks them: a list that does not do is no wrong usage.
        guard images == nil else { return settings }
        do {
            try settings.checkLayouts(output: output)
        } catch {
            throw ValidationError("\(error)")
        }
        return settings
    }

    private func start() throws -> ExportSettings {
        if let spec { return try ExportSettings().applying(specFile: spec) }
        guard let preset = preset?.preset else { return ExportSettings() }
        do throws(MaskSpecError) {
            return try preset.settings(canvas: recipe.canvas?.size ?? .standard)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private func check(_ settings: ExportSettings) throws {
        let (train, test) = (settings.trainCount, settings.testCount)
        guard train >= 0, test >= 0, train + test > 0 else {
            throw ValidationError("--train \(train) --test \(test); expected 0 or more, and 1 or more together")
        }
        let (image, canvas) = (settings.imageSize, settings.spec.canvas)
        guard image.hasAspectRatio(of: canvas) else {
            throw ValidationError("--size \(image) is not in the ratio of the canvas, \(canvas); expected that ratio")
        }
        guard let backend = Backend(rawValue: settings.backend) else {
            throw ValidationError("the backend is \(settings.backend); expected cairo or exact")
        }
        try backend.check(image)
    }

    func run() async throws {
        let settings: ExportSettings
        do {
            settings = try self.settings(images: try layouts.imageList.map { try ImageList($0) })
        } catch {
            throw Terminal.failure(error)
        }
        let backend = Backend(rawValue: settings.backend) ?? .cairo
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
        for line in summary.findings.damageLines { Terminal.say(line) }
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
        for line in summary.findings.filterLines { Terminal.say(line) }
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
