import JSONText
import MaskModel

extension PixelSize {
    /// Reads `[width, height]`; nil for anything else.
    init?(_ json: JSONValue) {
        guard let sides = json.elements.map(Array.init), sides.count == 2, let width = sides[0].int,
            let height = sides[1].int
        else { return nil }
        self.init(width: width, height: height)
    }
}

extension JSONWriter {
    /// Writes a member `[width, height]`.
    mutating func member(_ name: StaticString, _ size: PixelSize) {
        self.name(name)
        array { json in
            json.value(size.width)
            json.value(size.height)
        }
    }
}
