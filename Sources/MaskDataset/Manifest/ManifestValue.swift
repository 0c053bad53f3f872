package import FileAccess
import JSONText
package import SystemPackage

/// A value in a dataset's manifest as text, whichever version wrote it.
package struct ManifestValue: Hashable, Sendable {
    /// The path of the member in the file: `spec.strokes_mean`.
    package let name: String
    /// A string as it is; the elements of an array, separated by commas; `none` for `null`.
    package let text: String
}

extension DatasetManifest {
    /// All values in the manifest of the dataset in `folder`, in the file's order; an object has one for each member.
    package static func values(ofDatasetIn folder: FilePath) throws(DataError) -> [ManifestValue] {
        try values(in: MaskFile(DatasetPaths(root: folder).manifest))
    }

    /// All values in the manifest in a file.
    fileprivate static func values(in file: MaskFile) throws(DataError) -> [ManifestValue] {
        var parser = JSONParser()
        let bytes = try file.bytes(limit: 1 << 26)
        return try file.path.locating { try parser.parse(bytes).manifestValues(at: "") }
    }
}

extension MaskCollection {
    /// All values in the manifest of the dataset, in the file's order; none if the collection is not a dataset.
    package var manifestValues: [ManifestValue] {
        get throws(DataError) {
            guard let manifestFile else { return [] }
            return try DatasetManifest.values(in: manifestFile)
        }
    }
}

extension JSONValue {
    fileprivate func manifestValues(at name: String) -> [ManifestValue] {
        switch kind {
        case .object:
            members.flatMap { member in
                member.value.manifestValues(at: name.isEmpty ? member.name.text : "\(name).\(member.name.text)")
            }
        case .array:
            [ManifestValue(name: name, text: (elements.map { $0.map(\.plainText) } ?? []).joined(separator: ", "))]
        default: [ManifestValue(name: name, text: plainText)]
        }
    }

    private var plainText: String {
        switch kind {
        case .string: string?.text ?? ""
        case .null: "none"
        default: compactText
        }
    }
}
