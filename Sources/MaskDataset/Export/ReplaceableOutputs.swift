import FileAccess
import JSONText
import SystemPackage

/// The entries of an output folder that this program wrote and may replace; others of the same names are the user's.
///
/// They are those of the dataset in the folder, of one that an earlier export was going to replace, and of an export that
/// was interrupted while its entries were moved into place.
struct ReplaceableOutputs: Hashable, Sendable {
    private(set) var names: Set<String> = []

    /// Reads the manifest and the files of an unfinished export.
    init(in paths: DatasetPaths) throws(DataError) {
        let staging = paths.staging
        if try paths.manifest.kind() == .file { names.formUnion(Self.entries(in: try paths.manifest.readFile())) }
        if try staging.replaceableOutputs.kind() == .file { names.formUnion(try Self(storedIn: staging).names) }
        if try staging.completeMark.kind() != nil, try staging.plan.kind() == .file {
            names.formUnion(Self.entries(in: try staging.plan.readFile()))
        }
    }

    /// Reads `stored`. An export of a version without layouts did not store anything, and could replace all its entries.
    init(storedIn staging: DatasetPaths) throws(DataError) {
        guard try staging.replaceableOutputs.kind() == .file else {
            names = Set(DatasetPaths.entries).subtracting(LayoutSettings.allEntries)
            return
        }
        let text = String(decoding: try staging.replaceableOutputs.readFile(), as: UTF8.self)
        names = Set(text.split(separator: "\n").map(String.init))
    }

    /// The file in the folder of an unfinished export.
    var stored: [UInt8] { Array(names.sorted().map { $0 + "\n" }.joined().utf8) }

    /// Checks that none of `entries` would replace anything else.
    func check(_ entries: some Sequence<String>, in paths: DatasetPaths) throws(DataError) {
        for entry in entries.sorted() where !names.contains(entry) {
            let path = paths.root.appending(entry)
            if try path.kind() != nil {
                throw DataError(path, "is not part of the dataset in \(paths.root); expected no such file or folder")
            }
        }
    }

    /// The entries of the dataset that a manifest or a plan describes; none if it is corrupt.
    private static func entries(in text: [UInt8]) -> Set<String> {
        var parser = JSONParser()
        let json: JSONValue
        do {
            json = try parser.parse(text)
        } catch {
            return []
        }
        var entries: Set<String> = [DatasetPaths.manifestName, DatasetPaths.previewName]
        if json["tar"] != nil {
            entries.insert("tar")
        } else {
            for format in json["formats"]?.names(of: DatasetFormat.self) ?? [] {
                switch format {
                case .png: entries.formUnion(["train", "test"])
                case .json: entries.insert("vectors")
                case .svg: entries.insert("svg")
                }
            }
        }
        // Layouts of later versions are folders of their names too.
        let layouts = json["layouts"]?.elements?.compactMap { $0["name"]?.string?.text } ?? []
        entries.formUnion(layouts.filter { $0 != LayoutKind.qdIMD.rawValue })
        entries.formUnion((json["extras"]?.names(of: DatasetExtra.self) ?? []).map(\.entry))
        return entries
    }
}
