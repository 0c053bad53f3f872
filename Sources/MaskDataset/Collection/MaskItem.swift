import FileAccess
import SystemPackage

/// A mask in a file, which has not been read yet.
public struct MaskItem: Hashable, Sendable {
    /// The mask's name: its path in the collection without the extension, `train/00000_train`.
    public let name: String
    let source: MaskFile
    /// The mask's line in its file, counted from 1; nil if the file contains only this mask.
    let line: Int?
    /// What the mask is in its file; nil if it is the file, or a line of it.
    let part: MaskPart?

    init(name: String, source: MaskFile, line: Int? = nil, part: MaskPart? = nil) {
        self.name = name
        self.source = source
        self.line = line
        self.part = part
    }

    /// Whether the mask is a file of its own, which can be copied as it is.
    var isWholeFile: Bool { source.isWhole && line == nil && part == nil }

    /// The last component of the name: `00000_train`.
    var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The file that contains the mask; for a member of a tar, the tar's path followed by the member's.
    var path: FilePath { source.path }

    /// How a mask is read.
    enum Format: Hashable, Sendable {
        /// A PNG, a JPEG, or an error that names what it is.
        case image
        case svg
        case json
    }

    /// The format of the mask, if it has no part.
    var format: Format {
        switch source.path.ending {
        case "png", "jpg", "jpeg": .image
        case "svg": .svg
        default: .json
        }
    }
}
