import Archives
import ArgumentParser
import FileAccess
import JSONText
import MaskFormats
import MaskModel
import SystemPackage

/// The masks of a JSON Lines file, which every way of drawing gets alike.
struct MaskFile: ParsableArguments {
    @Argument(help: "A .jsonl file of masks.")
    var file: String

    @Option(help: "How many of its masks to take, from the first.")
    var limit = 1000

    @Option(help: "The size of the images, one number for both sides.")
    var size = 512

    func masks() throws -> [VectorMask] {
        var lines = try LineReader(FilePath(file))
        var parser = JSONParser()
        var masks: [VectorMask] = []
        while try masks.count < limit && lines.advance() {
            masks.append(
                try lines.withLine { (line) throws -> VectorMask in try MaskRecord(try parser.parse(line)).mask })
        }
        guard !masks.isEmpty else { throw ValidationError("\(file): no mask; expected one or more") }
        return masks
    }

    func imageSize() throws -> PixelSize {
        guard let size = PixelSize(width: size, height: size) else {
            throw ValidationError("--size \(size); expected 1 to \(PixelSize.maximumSide)")
        }
        return size
    }
}
