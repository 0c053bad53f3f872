import ArgumentParser
import MaskDataset

/// A preset on the command line, by name.
struct PresetArgument: ExpressibleByArgument {
    let preset: Preset

    init?(argument: String) {
        guard let preset = Preset.all.first(where: { $0.name == argument }) else { return nil }
        self.preset = preset
    }

    static var allValueStrings: [String] { Preset.all.map(\.name) }
}
