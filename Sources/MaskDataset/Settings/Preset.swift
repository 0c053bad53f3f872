public import MaskModel

/// Named settings that an export can start from.
public struct Preset: Hashable, Sendable {
    /// The name on the command line.
    public let name: String
    /// The purpose, in one line.
    public let summary: String
    /// The settings on a canvas of 512×512 px.
    private let settings: ExportSettings
    /// The values of QD-IMD's recipe that the preset changes on that canvas.
    private let changes: MaskSpecChanges

    private init(
        _ name: String, _ summary: String, _ change: (inout ExportSettings, inout MaskSpecChanges) -> Void
    ) {
        self.name = name
        self.summary = summary
        var settings = ExportSettings()
        var changes = MaskSpecChanges()
        change(&settings, &changes)
        self.settings = settings
        self.changes = changes
    }

    /// The settings on `canvas`; the widths of the preset scale with its shorter side.
    ///
    /// - Throws: `MaskSpecError` if the canvas is so small or so large that a width is out of range.
    public func settings(canvas: PixelSize = .standard) throws(MaskSpecError) -> ExportSettings {
        let scale = Double(min(canvas.width, canvas.height)) / 512
        var settings = settings
        var onCanvas = changes.scalingWidths(by: scale)
        onCanvas.canvas = canvas
        settings.variants.changes = settings.variants.changes.map { $0.scalingWidths(by: scale) }
        try settings.change(onCanvas)
        return settings
    }

    /// All presets, the default first.
    public static let all = [
        Preset("qd-imd", "QD-IMD's recipe; used without a preset") { _, _ in },
        Preset("paper-test", "the test set of the papers: six ranges of hole ratios, each touching the border and not")
        {
            (settings, _) in
            settings.trainCount = 0
            settings.testCount = 12_000
            // In the order of the files of Liu et al., Image Inpainting for Irregular Holes Using Partial Convolutions,
            // ECCV 2018.
            settings.variants.changes = [0.01...0.1, 0.1...0.2, 0.2...0.3, 0.3...0.4, 0.4...0.5, 0.5...0.6].flatMap {
                ratio in
                [BorderConstraint.touching, .free(margin: nil)].map { border in
                    var changes = MaskSpecChanges()
                    changes.holeRatio = .within(ratio)
                    changes.border = border
                    return changes
                }
            }
        },
        Preset("thin", "thin strokes, hole ratios up to 0.2") { $1 = .thin },
        Preset("medium", "strokes of medium width, hole ratios from 0.1 to 0.4") { $1 = .medium },
        Preset("thick", "thick strokes, hole ratios from 0.2 to 0.5") { $1 = .thick },
        Preset("training-mix", "thin, medium, thick in turn; rotated, flipped, scaled, placed anywhere") {
            (settings, changes) in
            changes.placement = .uniform
            changes.rotates = true
            changes.flips = true
            changes.strokeScale = 0.5...1.5
            settings.variants.changes = [.thin, .medium, .thick]
            settings.variants.order = .alternating
        },
    ]
}

extension MaskSpecChanges {
    fileprivate static let thin = MaskSpecChanges(widths: 3...10, ratio: 0.02...0.2)
    fileprivate static let medium = MaskSpecChanges(widths: 10...30, ratio: 0.1...0.4)
    fileprivate static let thick = MaskSpecChanges(widths: 30...80, ratio: 0.2...0.5)

    /// Widths on a canvas of 512 px, and a low maximum width factor: the hole ratio may change the widths little.
    private init(widths: ClosedRange<Double>, ratio: ClosedRange<Double>) {
        self.init()
        minStrokeWidth = widths.lowerBound
        maxStrokeWidth = widths.upperBound
        holeRatio = .within(ratio)
        maxWidthFactor = 1.5
    }

    fileprivate func scalingWidths(by scale: Double) -> MaskSpecChanges {
        var scaled = self
        scaled.minStrokeWidth = minStrokeWidth.map { $0 * scale }
        scaled.maxStrokeWidth = maxStrokeWidth.map { $0 * scale }
        return scaled
    }
}
