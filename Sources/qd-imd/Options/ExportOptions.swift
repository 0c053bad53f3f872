import ArgumentParser
import JSONText
import MaskDataset
import MaskModel
import PNGCodec
import StrokeBank
import SystemPackage

/// The options that determine the contents of a dataset.
struct ExportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Preset; other options override it. qd-imd presets lists the values.", valueName: "name"))
    var preset: PresetArgument?

    @Option(
        help: ArgumentHelp(
            """
            JSON file with a recipe; other options override it. A dataset.json, or part of one. A dataset.json \
            reproduces its dataset, from the same drawings only.
            """,
            valueName: "file"))
    var spec: FilePath?

    @Flag(help: "Use the dataset.json of --spec for any drawings, program version, and renderer.")
    var anySource = false

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

    @OptionGroup var corruption: SkipDamagedOption

    @Option(
        help: ArgumentHelp(
            """
            Size of the PNGs, in px, in the aspect ratio of the canvas; or images: the canvas and the PNG of a mask are as \
            large as its image in --image-list, with widths in proportion to the shorter side. (default: that of the \
            canvas)
            """, valueName: "WxH"))
    var size: ExportSizeArgument?

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
            "Bits per channel of the PNGs. 1 is smaller; Pillow reads it as bool. (default: 8)", valueName: "n"))
    var bitDepth: MaskPNGEncoder.BitDepth?

    @Option(
        help: ArgumentHelp("Channels of the PNGs: 1 (gray) or 3 (RGB, all equal). (default: 1)", valueName: "n"))
    var channels: MaskPNGEncoder.Channels?

    @Option(
        help: ArgumentHelp(
            """
            The rasterizer of the PNGs. exact is faster and follows the exact rule: a pixel is hole if its center is \
            within half the width of a stroke's path. (default: cairo)
            """, valueName: "name"))
    var backend: Backend?

    @OptionGroup(title: "Layouts") var layouts: LayoutOptions

    @OptionGroup(title: "License") var license: LicenseOptions

    /// Checks what can be checked before any file is read.
    ///
    /// - Parameter output: The dataset's folder.
    func check(output: FilePath) throws {
        if let tar, tar < 1 { throw ValidationError("--tar is \(tar); expected at least 1") }
        if let drawingsPerFile, drawingsPerFile < 1 {
            throw ValidationError("--drawings-per-file is \(drawingsPerFile); expected at least 1")
        }
        if let strokesPerDrawing, strokesPerDrawing < 1 {
            throw ValidationError("--strokes-per-drawing is \(strokesPerDrawing); expected at least 1")
        }
        if preset != nil, spec != nil { throw ValidationError("--preset cannot be used with --spec") }
        if anySource, spec == nil { throw ValidationError("--any-source needs --spec") }
        // A spec file is read when the export runs.
        if spec == nil { _ = try settings(output: output) }
    }

    /// Whether no option changes the settings.
    var areDefault: Bool {
        guard spec == nil, !anySource, layouts.imageList == nil else { return false }
        do {
            return try settings(output: FilePath(".")) == ExportSettings()
        } catch {
            return false
        }
    }

    /// The settings of the preset or spec file, with the given options applied, and the dataset that the spec file
    /// describes, if any. The files that the options name are read.
    func read(output: FilePath) throws -> (settings: ExportSettings, origin: ReproductionRequirements?) {
        let file = try spec.map { try SpecFile($0) }
        let used = anySource ? file?.forAnySource() : file
        let readsSizes: Bool
        switch size {
        case .images?: readsSizes = true
        case .fixed?: readsSizes = false
        case nil: readsSizes = used?.settings.layouts.usesImageSizes ?? false
        }
        let images = try layouts.imageList.map { try ImageList($0, readsSizes: readsSizes) }
        let settings = try settings(output: output, spec: used, images: images)
        if settings.layouts.linksImages { try images?.checkImagesExist() }
        return (settings, used?.origin)
    }

    /// The settings, as far as they are known without reading files.
    private func settings(
        output: FilePath, spec: SpecFile? = nil, images: ImageList? = nil
    ) throws -> ExportSettings {
        var settings = try spec?.settings ?? presetSettings()
        if let masksPerImage = layouts.masksPerImage { settings.layouts.masksPerImage = masksPerImage }
        if let images { useCounts(of: images, hasCounts: spec?.hasCounts ?? false, in: &settings) }
        if let train { settings.trainCount = train }
        if let test { settings.testCount = test }
        if let seed { settings.seed = seed }
        if let drawingsPerFile { settings.pool.drawingsPerFile = drawingsPerFile }
        if let strokesPerDrawing { settings.pool.strokesPerDrawing = strokesPerDrawing }
        settings.pool.filter = try filters.filter(over: settings.pool.filter)
        if corruption.skipDamaged { settings.pool.skipsDamaged = true }
        switch size {
        case .fixed(let size)?:
            settings.size = size
            settings.layouts.usesImageSizes = false
        case .images?:
            settings.size = nil
            settings.layouts.usesImageSizes = true
        case nil: break
        }
        if let formats { settings.formats = formats.formats }
        layouts.apply(to: &settings, tar: tar, hole: hole, images: images)
        if let bitDepth { settings.bitDepth = bitDepth }
        if let channels { settings.channels = channels }
        if let backend { settings.backend = backend.rawValue }
        settings.license = license.specified.completed(by: settings.license)
        do throws(MaskSpecError) {
            try settings.change(recipe.changes)
        } catch {
            throw ValidationError("\(error)")
        }
        try check(settings)
        do {
            try settings.checkLayouts(output: output)
        } catch {
            throw ValidationError("\(error)")
        }
        return settings
    }

    private func presetSettings() throws -> ExportSettings {
        guard let preset = preset?.preset else { return ExportSettings() }
        do throws(MaskSpecError) {
            return try preset.settings(canvas: recipe.canvas?.size ?? .standard)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Sets the numbers of masks that are not given: one for each image of a list, and no others.
    private func useCounts(of images: ImageList, hasCounts: Bool, in settings: inout ExportSettings) {
        guard !hasCounts else { return }
        settings.testCount = settings.maskCount(for: images)
        settings.trainCount = test == 0 ? settings.testCount : 0
    }

    private func check(_ settings: ExportSettings) throws {
        try layouts.check(settings)
        if settings.layouts.kinds.contains(.qdIMD), settings.formats.isEmpty {
            throw ValidationError("no formats in the layout qd-imd; expected at least one of png, json, svg")
        }
        let others = DatasetFormat.allCases.filter { $0 != .png && formats?.formats.contains($0) == true }
        if !others.isEmpty, !settings.layouts.kinds.contains(.qdIMD) {
            let names = others.map(\.rawValue).joined(separator: ",")
            throw ValidationError("--formats \(names) needs the layout qd-imd; the other layouts have no such files")
        }
        let (train, test) = (settings.trainCount, settings.testCount)
        for (name, count) in [("train", train), ("test", test)]
        where !(0...ExportSettings.maximumCount).contains(count) {
            throw ValidationError("--\(name) is \(count); expected 0 to \(ExportSettings.maximumCount)")
        }
        if train == 0, test == 0 { throw ValidationError("--train and --test are both 0; expected at least one mask") }
        let (image, canvas) = (settings.imageSize, settings.spec.canvas)
        guard image.hasAspectRatio(of: canvas) else {
            throw ValidationError("--size is \(image); expected the aspect ratio of the canvas, \(canvas)")
        }
        guard let backend = Backend(rawValue: settings.backend) else {
            throw ValidationError("the backend is \"\(settings.backend)\"; expected cairo or exact")
        }
        try backend.check(image)
        guard settings.layouts.usesImageSizes else { return }
        for size in settings.layouts.images?.sizes ?? [] { try backend.check(size) }
    }
}
