import JSONText
import MaskModel

extension LayoutSettings {
    /// Reads the list of layouts in `dataset.json`, which does not contain the list of images.
    mutating func read(_ json: JSONValue) throws(SpecError) {
        guard let elements = json.elements else { throw SpecError("layouts", json, expected: "a list") }
        kinds = []
        for element in elements {
            guard let kind = element["name"]?.name(of: LayoutKind.self) else {
                throw SpecError("layouts", element, expected: "the name of a layout")
            }
            kinds.insert(kind)
            if let tar = element["tar"] { masksPerTar = try tar.count(as: "tar", from: 1) }
            if element["images"] != nil { needsImages = true }
            let hole = element["hole"]?.name(of: HoleColor.self)
            if let hole, kind != .qdIMD, hole != kind.layout().holeColor { holeColor = hole }
        }
    }
}
