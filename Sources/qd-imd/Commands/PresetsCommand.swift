import ArgumentParser
import Console
import JSONText
import MaskDataset
import MaskModel

/// A preset on the command line, by its name.
struct PresetArgument: ExpressibleByArgument {
    let preset: Preset

    init?(argument: String) {
        guard let preset = Preset.all.first(where: { $0.name == argument }) else { return nil }
        self.preset = preset
    }

    static var allValueStrings: [String] { Preset.all.map(\.name) }
}

struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets",
        abstract: "List what export --preset knows, with all values.",
        discussion: "With a name, it prints that one as JSON, to be edited and given to export --spec.")

    @Argument(help: "The preset to print as JSON.")
    var name: PresetArgument?

    func run() throws {
        let text: String
        do throws(MaskSpecError) {
            text = if let name { try name.preset.settings().specText } else { try Self.list() }
        } catch {
            throw Terminal.failure(error)
        }
        try Terminal.output(text)
    }

    private static func list() throws(MaskSpecError) -> String {
        var lines: [String] = []
        for preset in Preset.all {
            let settings = try preset.settings()
            let specs = try settings.specs()
            lines += ["\(preset.name): \(preset.summary)"]
            lines += ["  \(grouped(settings.trainCount)) train and \(grouped(settings.testCount)) test masks"]
            if specs.count > 1 {
                lines += [
                    "  \(specs.count) kinds, \(settings.variants.order == .blocks ? "one after the other" : "in turn")"
                ]
            }
            lines += specs.map { "  " + describe($0) } + [""]
        }
        return lines.dropLast().map { $0 + "\n" }.joined()
    }

    private static func describe(_ spec: MaskSpec) -> String {
        var parts = [
            "N(\(number(spec.strokesMean)), \(number(spec.strokesStd))) strokes of \(range(spec.strokeWidth)) px",
            "upscaled up to \(number(spec.maxUpscaleRate))",
        ]
        if case .within(let ratio) = spec.holeRatio {
            parts.append("hole ratio \(range(ratio)), widths by up to \(number(spec.maxWidthFactor))")
        }
        switch spec.border {
        case .any: break
        case .touching: parts.append("touching the border")
        case .free: parts.append("\(number(spec.freeMargin ?? 0)) px free of the border")
        }
        if spec.placement == .uniform { parts.append("anywhere") }
        if spec.rotates { parts.append("turned") }
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
