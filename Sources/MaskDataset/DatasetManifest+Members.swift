package import FileAccess
import JSONText
package import SystemPackage

/// A member of a dataset's manifest as text, whatever version wrote it.
package struct ManifestMember: Hashable, Sendable {
    /// Where it stands: `spec.strokes_mean`.
    package let name: String
    /// A string as it is, an array of plain values with commas, `null` as `none`.
    package let text: String
}

extension DatasetManifest {
    /// All members of the manifest of the dataset in `folder`, those of objects each by itself, in the file's order.
    package static func members(ofDatasetIn folder: FilePath) throws(DataError) -> [ManifestMember] {
        var parser = JSONParser()
        return try parser.parse(fileAt: DatasetPaths(root: folder).manifest).flattened(as: "")
    }
}

extension JSONValue {
    fileprivate func flattened(as name: String) -> [ManifestMember] {
        switch kind {
        case .object:
            members.flatMap { member in
                member.value.flattened(as: name.isEmpty ? member.name.text : "\(name).\(member.name.text)")
            }
        case .array:
            [ManifestMember(name: name, text: (elements.map { $0.map(\.plainText) } ?? []).joined(separator: ", "))]
        default: [ManifestMember(name: name, text: plainText)]
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
