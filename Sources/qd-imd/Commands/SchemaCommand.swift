import ArgumentParser
import Console
import MaskFormats

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (2020-12) of a mask: a .json file, or a line of a .jsonl.")

    func run() throws {
        try Terminal.output(maskSchema)
    }
}
