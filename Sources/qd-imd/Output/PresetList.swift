import Console
import JSONText
import MaskDataset
import MaskModel

/// All presets as text, with their values.
struct PresetList {
    let text: String

    init() throws(MaskSpecError) {
        var lines: [String] = []
        for preset in Preset.all {
            let settings = try preset.settings()
            let specs = try settings.specs()
            lines += ["\(preset.name): \(preset.summary)"]
            lines += ["  \(grouped(settings.trainCount)) train and \(grouped(settings.testCount)) test masks"]
            if specs.count > 1 {
                lines += [
                    "  \(specs.count) variants, "
                        + (settings.variants.order == .blocks ? "in consecutive blocks" : "alternating")
                ]
            }
            lines += specs.map { "  " + Self.describe($0) } + [""]
        }
        text = lines.dropLast().map { $0 + "\n" }.joined()
    }

    private static func describe(_ spec: MaskSpec) -> String {
        var parts = [
            "N(\(number(spec.strokesMean)), \(number(spec.strokesStd))) strokes of \(range(spec.strokeWidth)) px",
            "upscale rate up to \(number(spec.maxUpscaleRate))",
        ]
        if case .within(let ratio) = spec.holeRatio {
            parts.append("hole ratio \(range(ratio))")
            parts.append("width factor up to \(number(spec.maxWidthFactor))")
        }
        switch spec.border {
        case .any: break
        case .touching: parts.append("touching the border")
        case .free: parts.append("free margin of \(number(spec.freeMargin ?? 0)) px")
        }
        if spec.placement == .uniform { parts.append("uniform placement") }
        if spec.rotates { parts.append("rotated") }
        if spec.flips { parts.append("mirrored") }
        if spec.strokeScale != 1...1 { parts.append("scaled by \(range(spec.strokeScale))") }
        return parts.joined(separator: "; ")
    }

    private static func number(_ value: Double) -> String {
        DecimalText.string(value, decimals: 4)
    }

    private static func range(_ range: ClosedRange<Double>) -> String {
        "\(number(range.lowerBound)) to \(number(range.upperBound))"
    }
}
