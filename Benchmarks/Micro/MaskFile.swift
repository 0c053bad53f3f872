import Archives
import ArgumentParser
import FileAccess
import JSONText
import MaskFormats
import MaskModel
import SystemPackage

/// Options for a JSON Lines file of masks, the input of all rasterizers.
struct MaskFile: ParsableArguments {
    @Argument(help: "A .jsonl file of masks.")
    var file: String

    @Option(help: "The number of masks, from the start of the file.")
    var limit = 1000

    @Option(help: "The width and height of the images, in px.")
    var size = 512

    func masks() throws -> [VectorMask] {
        var lines = try LineReader(FilePath(file))
        var parser = JSONParser()
        var masks: [VectorMask] = []
        while try masks.count < limit && lines.advance() {
            masks.append(
                try lines.withLine { (line) throws -> VectorMask in try MaskRecord(try parser.parse(line)).mask })
        }
        guard !masks.isEmpty else { throw ValidationError("\(file): no masks; expected at least 1") }
        return masks
    }

    func imageSize() throws -> PixelSize {
        guard let size = PixelSize(width: size, height: size) else {
            throw ValidationError("--size \(size); expected 1 to \(PixelSize.maximumSide)")
        }
        return size
    }
}
