import JSONText
import MaskModel

extension LayoutSettings {
    /// Reads the list of layouts in `dataset.json`, which does not contain the list of images; all but the colors of holes.
    mutating func read(_ json: JSONValue) throws(SpecError) {
        guard let elements = json.elements else { throw SpecError("layouts", json, expected: "a list") }
        kinds = []
        for element in elements {
            guard let kind = element["name"]?.name(of: LayoutKind.self), !kinds.contains(kind) else {
                throw SpecError("layouts", element, expected: "the name of a layout, each once")
            }
            kinds.insert(kind)
            try element.checkMembersAreUnique()
            for member in element.members {
                switch member.name.text {
                case "name", "hole", "images_sha256": break
                case "tar": masksPerTar = try member.value.count(as: "tar", from: 1)
                case "images": needsImages = true
                case "masks_per_image": masksPerImage = try member.value.count(as: "masks_per_image", from: 1)
                case "linked": linksImages = try member.value.expected(\.boolean, "true or false", as: "linked")
                case "suffix": suffix = try member.value.text(as: "suffix")
                case "extension":
                    fileExtension = try member.value.expected(
                        { $0.name(of: FileExtension.self) }, "png or jpg", as: "extension")
                default: throw SpecError(unknown: member.name.text, in: "\"layouts\"")
                }
            }
        }
    }
}

extension ExportSettings {
    /// Reads the colors of holes, which the layouts can have in common or not, from the JSON of a file whose layouts are
    /// read.
    mutating func readHoleColors(_ json: JSONValue) throws(SpecError) {
        let own = json["hole"] == nil ? nil : holeColor
        var colors: [LayoutKind: HoleColor] = [:]
        for element in json["layouts"]?.elements.map(Array.init) ?? [] {
            guard let kind = element["name"]?.name(of: LayoutKind.self), let hole = element["hole"] else { continue }
            colors[kind] = try hole.expected({ $0.name(of: HoleColor.self) }, "white or black", as: "hole")
        }
        guard json["hole"] != nil || json["layouts"] != nil else { return }
        // A color that is not the usual one was requested, and so for all layouts.
        let usual = layouts.usualHoleColor
        for requested in [own == usual ? nil : own, nil, .white, .black] {
            var settings = self
            settings.layouts.holeColor = requested
            settings.holeColor = own ?? requested ?? usual
            guard colors.allSatisfy({ settings.holeColor(of: $0.key) == $0.value }) else { continue }
            self = settings
            return
        }
        guard let list = json["layouts"] else { return }
        throw SpecError("layouts", list, expected: "holes of one color, or those that are usual in the layouts")
    }
}
