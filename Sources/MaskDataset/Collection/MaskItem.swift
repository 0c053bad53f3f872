import FileAccess
import SystemPackage

/// A mask in a file, which has not been read yet.
public struct MaskItem: Hashable, Sendable {
    /// The mask's name: its path in the collection without the extension, `train/00000_train`.
    public let name: String
    let source: MaskFile
    /// The mask's line in its file, counted from 1; nil if the file contains only this mask.
    let line: Int?

    init(name: String, source: MaskFile, line: Int? = nil) {
        self.name = name
        self.source = source
        self.line = line
    }

    /// The last component of the name: `00000_train`.
    var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The file that contains the mask; for a member of a tar, the tar's path followed by the member's.
    var path: FilePath { source.path }

    /// The format of the mask. Images of a dataset can have the extension `jpg`, and are PNGs.
    var format: DatasetFormat {
        let ending = source.path.ending
        return ending == "jpg" ? .png : DatasetFormat(rawValue: ending) ?? .json
    }
}
