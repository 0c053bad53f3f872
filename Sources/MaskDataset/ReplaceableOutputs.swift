import FileAccess
import JSONText
import SystemPackage

/// Which parts of an output folder are this program's, and may be replaced: what bears a part's name may be the user's.
///
/// They are those of the dataset that is there, of one that an earlier export was about to replace, and of an export
/// that was cut off while its parts were moved into place.
struct ReplaceableOutputs: Hashable, Sendable {
    private(set) var names: Set<String> = []

    /// Finds out by the manifest and by what an unfinished export left.
    init(in layout: DatasetPaths) throws(DataError) {
        let staging = layout.staging
        if try layout.manifest.kind() == .file { names.formUnion(Self.parts(in: try layout.manifest.readFile())) }
        if try staging.ownedParts.kind() == .file { try self.formUnion(Self(storedIn: staging)) }
        if try staging.completeMark.kind() != nil, try staging.plan.kind() == .file {
            names.formUnion(Self.parts(in: try staging.plan.readFile()))
        }
    }

    /// What `stored` gave. An export begun by a version without layouts has not stored any, and owned its parts.
    init(storedIn staging: DatasetPaths) throws(DataError) {
        guard try staging.ownedParts.kind() == .file else {
            names = Set(DatasetPaths.parts).subtracting(LayoutSettings.allParts)
            return
        }
        let text = String(decoding: try staging.ownedParts.readFile(), as: UTF8.self)
        names = Set(text.split(separator: "\n").map(String.init))
    }

    /// What an unfinished export keeps.
    var stored: [UInt8] { Array(names.sorted().map { $0 + "\n" }.joined().utf8) }

    private mutating func formUnion(_ other: Self) {
        names.formUnion(other.names)
    }

    /// Checks that none of `parts` would take the place of something else.
    func check(_ parts: some Sequence<String>, in layout: DatasetPaths) throws(DataError) {
        for part in parts.sorted() where !names.contains(part) {
            let path = layout.root.appending(part)
            if try path.kind() != nil {
                throw DataError(path, "is no part of the dataset in \(layout.root); expected nothing there")
            }
        }
    }

    /// The parts that a manifest, or the plan of an unfinished export, tells of; none if it is damaged.
    private static func parts(in text: [UInt8]) -> Set<String> {
        var parser = JSONParser()
        let json: JSONValue
        do {
            json = try parser.parse(text)
        } catch {
            return []
        }
        func words(_ list: JSONValue?, _ word: (JSONValue) -> JSONValue?) -> [String] {
            list?.elements?.compactMap { word($0)?.string?.text } ?? []
        }
        var parts: Set<String> = [DatasetPaths.manifestName, "preview.png"]
        if json["tar"] != nil { parts.insert("tar") }
        for format in words(json["formats"], \.self) where json["tar"] == nil {
            switch DatasetFormat(rawValue: format) {
            case .png: parts.formUnion(["train", "test"])
            case .json: parts.insert("vectors")
            case .svg: parts.insert("svg")
            case nil: break
            }
        }
        parts.formUnion(words(json["layouts"]) { $0["name"] }.filter { $0 != LayoutKind.qdIMD.rawValue })
        parts.formUnion(words(json["extras"], \.self).compactMap { DatasetExtra(rawValue: $0)?.part })
        return parts
    }
}
