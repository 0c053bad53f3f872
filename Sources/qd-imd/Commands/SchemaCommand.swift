import ArgumentParser
import Console
import MaskFormats

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (2020-12) of a mask.",
        discussion: "It describes the contents of a .json file, and each line of a .jsonl file.")

    func run() throws {
        try Terminal.writeData(maskSchema)
    }
}
