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
        abstract: "Generate masks from drawings and write them as a dataset of PNG, JSON, and SVG files.",
        discussion: """
            The defaults are the recipe of QD-IMD. The same drawings, seed, and options make the same dataset, byte \
            for byte, with any number of threads and after any interruption.
            """)

    @Argument(help: "A Quick, Draw! file (.ndjson, .bin, or gzipped), a folder of them, or a stroke bank.")
    var source: FilePath

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder of the dataset; new or empty, unless --resume or --overwrite is given.", valueName: "dir"))
    var output: FilePath

    @Option(
        help: ArgumentHelp("Preset; other options override it. qd-imd presets lists the values.", valueName: "name"))
    var preset: PresetArgument?

    @Option(
        help: ArgumentHelp(
            "JSON file with a recipe; other options override it. A dataset.json, or part of one.",
            valueName: "file"))
    var spec: FilePath?

    @Option(help: ArgumentHelp("Number of train masks, at least 0. (default: 50000)", valueName: "n"))
    var train: Int?

    @Option(
        help: ArgumentHelp(
            "Number of test masks, at least 0, from other categories than the train masks. (default: 10000)",
            valueName: "n"))
    var test: Int?

    @Option(help: ArgumentHelp("Random seed, 0 to 2^64 - 1. (default: 0)", valueName: "n"))
    var seed: UInt64?

    @OptionGroup(title: "Recipe")
    var recipe: RecipeOptions

    @Option(
        help: ArgumentHelp(
            "Number of drawings per category, from the start of each file, at least 1. (default: 1000)",
            valueName: "n"))
    var drawingsPerFile: Int?

    @Option(
        help: ArgumentHelp("Number of random strokes per drawing, at least 1. (default: 1)", valueName: "n"))
    var strokesPerDrawing: Int?

    @OptionGroup(title: "Filters") var filters: FilterOptions

    @OptionGroup var corruption: CorruptionOptions

    @Option(
        help: ArgumentHelp(
            "Size of the PNGs, in px, in the aspect ratio of the canvas. (default: that of the canvas)",
            valueName: "WxH"))
    var size: SizeArgument?

    @Option(
        help: ArgumentHelp(
            "File formats, separated by commas: png, json, svg. (default: png,json,svg)",
            valueName: "list"))
    var formats: FormatsArgument?

    @Option(
        help: ArgumentHelp(
            """
            Write tar files with this number of masks each, at least 1, in place of a file per mask. For file systems \
            that handle many small files poorly, and for WebDataset. (default of the layout webdataset: 5000)
            """, valueName: "n"))
    var tar: Int?

    @Option(
        help: ArgumentHelp(
            "Color of holes in PNG and SVG: white (255) or black (0). (default: white; black in the layout mat)",
            valueName: "color"))
    var hole: HoleColor?

    @Option(
        help: ArgumentHelp(
            "Bits per pixel of the PNGs. 1 is smaller; Pillow reads it as bool. (default: 8)", valueName: "n"))
    var bitDepth: MaskPNGEncoder.BitDepth?

    @Option(
        help: ArgumentHelp(
            """
            The rasterizer of the PNGs. exact is faster and follows the exact rule: a pixel is hole if its center is \
            within half the width of a stroke's path. (default: cairo)
            """, valueName: "name"))
    var backend: Backend?

    @OptionGroup(title: "Layouts") var layouts: LayoutOptions

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Resume an interrupted export.")
    var resume = false

    @Flag(help: "Replace the dataset in the folder when the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors and skipped corrupt records.")
    var quiet = false

    func validate() throws {
        if let tar, tar < 1 { throw ValidationError("--tar is \(tar); expected at least 1") }
        if let drawingsPerFile, drawingsPerFile < 1 {
            throw ValidationError("--drawings-per-file is \(drawingsPerFile); expected at least 1")
        }
        if let strokesPerDrawing, strokesPerDrawing < 1 {
            throw ValidationError("--strokes-per-drawing is \(strokesPerDrawing); expected at least 1")
        }
        if resume, overwrite { throw ValidationError("--resume cannot be used with --overwrite") }
        if preset != nil, spec != nil { throw ValidationError("--preset cannot be used with --spec") }
        // A spec file is read when the export runs.
        if spec == nil { _ = try settings() }
    }

    /// The settings of the preset or spec file, with the given options applied.
    private func settings(images: ImageList? = nil) throws -> ExportSettings {
        var settings = try baseSettings()
        if let train { settings.trainCount = train }
        if let test { settings.testCount = test }
        if let seed { settings.seed = seed }
        if let drawingsPerFile { settings.pool.drawingsPerFile = drawingsPerFile }
        if let strokesPerDrawing { settings.pool.strokesPerDrawing = strokesPerDrawing }
        settings.pool.filter = try filters.filter(over: settings.pool.filter)
        if corruption.skipDamaged { settings.pool.skipsDamaged = true }
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
            throw ValidationError("--image-list needs --layout lama")
        }
        // Once the images are read, the export checks them: an unsuitable list is not a usage error.
        guard images == nil else { return settings }
        do {
            try settings.checkLayouts(output: output)
        } catch {
            throw ValidationError("\(error)")
        }
        return settings
    }

    private func baseSettings() throws -> ExportSettings {
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
        if train < 0 { throw ValidationError("--train is \(train); expected at least 0") }
        if test < 0 { throw ValidationError("--test is \(test); expected at least 0") }
        if train == 0, test == 0 { throw ValidationError("--train and --test are both 0; expected at least one mask") }
        let (image, canvas) = (settings.imageSize, settings.spec.canvas)
        guard image.hasAspectRatio(of: canvas) else {
            throw ValidationError("--size is \(image); expected the aspect ratio of the canvas, \(canvas)")
        }
        guard let backend = Backend(rawValue: settings.backend) else {
            throw ValidationError("the backend is \"\(settings.backend)\"; expected cairo or exact")
        }
        try backend.check(image)
    }

    func run() async throws {
        let settings: ExportSettings
        do {
            settings = try self.settings(images: try layouts.imageList.map { try ImageList($0) })
        } catch {
            throw Terminal.report(error)
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
                ProgressDisplay("reading", unit: "files", reading), ProgressDisplay("exporting", unit: "masks", making),
                ProgressDisplay("writing layouts", unit: "masks", layingOut),
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
            throw Terminal.report(error)
        }
        for message in summary.findings.corruptionMessages { Terminal.printMessage(message) }
        if !quiet { report(summary, seconds: (ContinuousClock.now - start) / .seconds(1)) }
    }

    private func report(_ summary: DatasetExport.Summary, seconds: Double) {
        let count = summary.trainCount + summary.testCount
        let generated = count - summary.resumedCount
        Terminal.printMessage(
            """
            \(output): \(grouped(summary.trainCount)) train and \(grouped(summary.testCount)) test masks \
            from \(grouped(summary.trainCategories)) and \(grouped(summary.testCategories)) categories, \
            mean hole ratio \(percent(summary.meanHoleRatio))
            """)
        for message in summary.findings.filterMessages { Terminal.printMessage(message) }
        if summary.resumedCount > 0 {
            Terminal.printMessage("\(counted(summary.resumedCount, "mask")) already complete")
        }
        if generated > 0, seconds > 0 {
            let rate = Int(Double(generated) / seconds)
            Terminal.printMessage("\(counted(generated, "mask")) in \(duration(seconds)), \(grouped(rate)) masks/s")
        }
        Terminal.printMessage("preview: \(output.appending("preview.png"))")
    }

    private func duration(_ seconds: Double) -> String {
        seconds < 60
            ? DecimalText.string(seconds, decimals: 1) + " s" : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }
}
