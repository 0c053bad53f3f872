import FileAccess
import JSONText
import MaskModel
import QuickDraw
import StrokeBank

extension ExportSettings {
    /// Returns the settings with those in the JSON of a file. The order of its members does not matter.
    ///
    /// Members that describe the result of an export are ignored, so the manifest of a dataset reproduces that dataset.
    func applying(_ json: JSONValue) throws(SpecError) -> ExportSettings {
        guard json.kind == .object else { throw SpecError("not a JSON object; expected a spec") }
        try json.checkMembersAreUnique()
        if let format = json["format"], ![DatasetManifest.format, PlanFile.format].contains(format.string?.text) {
            throw SpecError("format", format, expected: "\(DatasetManifest.format) or \(PlanFile.format)")
        }
        var settings = self
        for member in json.members {
            guard let known = ManifestMember.named(member.name.text) else {
                let names = ManifestMember.all.filter { $0.read != nil }.map(\.name.description)
                throw SpecError("unknown member \"\(member.name.text)\"; expected \(names.joined(separator: ", "))")
            }
            try known.read?(member.value, &settings)
        }
        // What follows from several members.
        if settings.size == settings.spec.canvas { settings.size = nil }
        // Without the program's own layout, a dataset has none of its formats.
        if settings.formats.isEmpty, !settings.layouts.kinds.contains(.qdIMD) { settings.formats = formats }
        try settings.readHoleColors(json)
        return settings
    }

    /// The settings as a file that `SpecFile` reads.
    public var specText: String {
        String(decoding: ManifestContents(settings: self).json, as: UTF8.self)
    }

    /// Writes the members of `spec`: the recipe, its variants, and the strokes it uses.
    func writeSpec(to json: inout JSONWriter) {
        MaskSpecChanges(spec).write(to: &json)
        json.member("drawings_per_file", pool.drawingsPerFile)
        json.member("strokes_per_drawing", pool.strokesPerDrawing)
        pool.filter.write(to: &json)
        if pool.skipsDamaged { json.member("skip_damaged", true) }
        variants.write(to: &json)
    }

    mutating func readSpec(_ json: JSONValue) throws(SpecError) {
        guard json.kind == .object else { throw SpecError("spec", json, expected: "an object") }
        try json.checkMembersAreUnique()
        var changes = MaskSpecChanges()
        for member in json.members {
            let name = member.name.text
            if try changes.read(name, member.value) || DrawingFilter.memberNames.contains(name) { continue }
            switch name {
            case "drawings_per_file": pool.drawingsPerFile = try member.value.count(as: name, from: 1)
            case "strokes_per_drawing": pool.strokesPerDrawing = try member.value.count(as: name, from: 1)
            case "skip_damaged":
                pool.skipsDamaged = try member.value.expected(\.boolean, "true or false", as: name)
            case "variants": variants.changes = try Self.variants(member.value)
            case "variant_order":
                variants.order = try member.value.expected(
                    { $0.name(of: SpecVariants.Order.self) }, "blocks or alternating", as: name)
            default: throw SpecError(unknown: name, in: "\"spec\"")
            }
        }
        do {
            pool.filter = try DrawingFilter(json)
            spec = try spec.applying(changes)
            _ = try specs()
        } catch {
            throw SpecError("\(error)")
        }
    }

    private static func variants(_ value: JSONValue) throws(SpecError) -> [MaskSpecChanges] {
        guard let elements = value.elements else { throw SpecError("variants", value, expected: "a list") }
        var variants: [MaskSpecChanges] = []
        for element in elements {
            guard element.kind == .object else { throw SpecError("variants", element, expected: "an object") }
            try element.checkMembersAreUnique()
            var changes = MaskSpecChanges()
            for member in element.members {
                let name = member.name.text
                guard name != "canvas", try changes.read(name, member.value) else {
                    throw SpecError(unknown: name, in: "a variant")
                }
            }
            variants.append(changes)
        }
        return variants
    }
}
