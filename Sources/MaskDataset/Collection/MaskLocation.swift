import FileAccess
import SystemPackage

/// Where a mask is that has not been read yet: its file, and its line or place in it.
public struct MaskLocation: Hashable, Sendable {
    /// The mask's name: its path in the collection without the extension, `train/00000_train`.
    public let name: String
    let source: MaskFile
    /// The mask's line in its file, counted from 1; nil if the file contains only this mask.
    let line: Int?
    /// How the file contains the mask; nil if the mask is the file, or a line of it.
    let embedded: EmbeddedMask?

    init(name: String, source: MaskFile, line: Int? = nil, embedded: EmbeddedMask? = nil) {
        self.name = name
        self.source = source
        self.line = line
        self.embedded = embedded
    }

    /// Whether the mask is a file of its own, which can be copied as it is.
    var isWholeFile: Bool { source.isWhole && line == nil && embedded == nil }

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

    /// The format of the mask, if it is not embedded.
    var format: Format {
        switch source.path.ending {
        case "png", "jpg", "jpeg": .image
        case "svg": .svg
        default: .json
        }
    }
}
