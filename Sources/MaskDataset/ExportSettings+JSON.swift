import StrokeBank
public import FileAccess
import JSONText
import MaskModel
import PNGCodec
import QuickDraw
public import SystemPackage

extension ExportSettings {
    /// The settings with what a file says of them: a `dataset.json`, or any of its members that an export can be told.
    ///
    /// Members that say what came of an export are passed over: so a dataset's own manifest gives that dataset again.
    /// - Throws: `DataError` if it cannot be read, is longer than 64 MiB, or has a member that is unknown or out of
    ///   its range.
    public func applying(specFile path: FilePath) throws(DataError) -> ExportSettings {
        var parser = JSONParser()
        let json = try parser.parse(fileAt: path)
        do throws(SpecError) {
            guard json.kind == .object else { throw SpecError("not a JSON object; expected a spec") }
            var settings = self
            for member in json.members { try settings.take(member.name.text, member.value) }
            return settings
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
    }

    /// The settings as a file that `applying(specFile:)` reads.
    public var specText: String {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            write(to: &json)
            writeCounts(to: &json)
        }
        json.endLine()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    func writeCounts(to json: inout JSONWriter) {
        json.name("counts")
        json.object { json in
            json.member("train", trainCount)
            json.member("test", testCount)
        }
    }

    /// Members of a manifest that are the outcome, not the order.
    private static let outcomes: Set<String> = ["format", "program", "source", "splits", "attribution"]

    private mutating func take(_ name: String, _ value: JSONValue) throws(SpecError) {
        switch name {
        case "spec": try takeSpec(value)
        case "seed": seed = try value.expected(\.uint64, "a whole number of 0 or more", as: name)
        case "size":
            let imageSize = try value.expected(PixelSize.init, "[width, height] in px", as: name)
            size = imageSize
        case "formats": formats = try value.expected(Self.formats, "a list of png, json, svg", as: name)
        case "layouts": try layouts.take(value)
        case "extras":
            layouts.extras = try value.expected(
                { json in
                    let names = json.elements.map { $0.map { $0.string.flatMap { DatasetExtra(rawValue: $0.text) } } }
                    return names.flatMap { $0.contains(nil) ? nil : Set($0.compactMap(\.self)) }
                }, "a list of checksums, croissant, coco", as: name)
        case "tar": masksPerTar = try value.count(as: name, from: 1)
        case "hole":
            holeColor = try value.expected(
                { $0.string.flatMap { HoleColor(rawValue: $0.text) } }, "white or black", as: name)
        case "bit_depth":
            bitDepth = try value.expected({ $0.int.flatMap(MaskPNGEncoder.BitDepth.init) }, "8 or 1", as: name)
        case "backend": backend = try value.text(as: name)
        case "counts":
            for member in value.members {
                switch member.name.text {
                case "train": trainCount = try member.value.count(as: "train", from: 0)
                case "test": testCount = try member.value.count(as: "test", from: 0)
                default: throw SpecError("\"counts\" has \"\(member.name.text)\"; expected train and test")
                }
            }
        default:
            guard Self.outcomes.contains(name) else { throw SpecError("\"\(name)\" is no member of a spec") }
        }
    }

    private static func formats(_ value: JSONValue) -> Set<DatasetFormat>? {
        guard let names = value.elements.map(Array.init) else { return nil }
        let formats = Set(names.compactMap { $0.string.flatMap { DatasetFormat(rawValue: $0.text) } })
        return formats.count == names.count ? formats : nil
    }

    private mutating func takeSpec(_ json: JSONValue) throws(SpecError) {
        guard json.kind == .object else { throw SpecError("\"spec\" is not an object; expected one") }
        var changes = MaskSpecChanges()
        for member in json.members {
            let name = member.name.text
            if try changes.take(name, member.value) || DrawingFilter.memberNames.contains(name) { continue }
            switch name {
            case "drawings_per_file": pool.drawingsPerFile = try member.value.count(as: name, from: 1)
            case "strokes_per_drawing": pool.strokesPerDrawing = try member.value.count(as: name, from: 1)
            case "skip_damaged":
                pool.skipsDamaged = try member.value.expected(\.boolean, "true or false", as: name)
            case "variants": variants.changes = try Self.variants(member.value)
            case "variant_order":
                variants.order = try member.value.expected(
                    { $0.string.flatMap { SpecVariants.Order(rawValue: $0.text) } }, "blocks or alternating", as: name)
            default: throw SpecError("\"spec\" has \"\(name)\", which is no member of it")
            }
        }
        do throws(DrawingFilterError) {
            pool.filter = try DrawingFilter(json)
        } catch {
            throw SpecError("\(error)")
        }
        do throws(MaskSpecError) {
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
            var changes = MaskSpecChanges()
            for member in element.members {
                let name = member.name.text
                guard name != "canvas", try changes.take(name, member.value) else {
                    throw SpecError("a variant has \"\(name)\", which is no member of one")
                }
            }
            variants.append(changes)
        }
        return variants
    }
}

extension LayoutSettings {
    /// Takes the list of layouts that a manifest has. A list of images is not in it.
    fileprivate mutating func take(_ json: JSONValue) throws(SpecError) {
        guard let elements = json.elements else { throw SpecError("layouts", json, expected: "a list") }
        kinds = []
        for element in elements {
            guard let kind = element["name"]?.string.flatMap({ LayoutKind(rawValue: $0.text) }) else {
                throw SpecError("layouts", element, expected: "the name of a layout")
            }
            kinds.insert(kind)
            if let tar = element["tar"] { masksPerTar = try tar.count(as: "tar", from: 1) }
            if element["images"] != nil { needsImages = true }
            let hole = element["hole"]?.string.flatMap { HoleColor(rawValue: $0.text) }
            if let hole, kind != .qdIMD, hole != kind.layout().holeColor { holeColor = hole }
        }
    }
}
