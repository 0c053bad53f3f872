import ArgumentParser
import Console
import MaskDataset
import MaskModel

struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets",
        abstract: "List the presets of export with all values, or print one as JSON.",
        discussion: "Save the JSON of a preset, edit it, and pass it to export --spec.")

    @Argument(help: "The preset to print as JSON.")
    var name: PresetArgument?

    func run() throws {
        let text: String
        do throws(MaskSpecError) {
            text = if let name { try name.preset.settings().specText } else { try PresetList().text }
        } catch {
            throw Terminal.report(error)
        }
        try Terminal.writeData(text)
    }
}
