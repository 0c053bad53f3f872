import Archives
import FileAccess
import SystemPackage

/// A mask in a file, which has not been read yet.
public struct MaskItem: Hashable, Sendable {
    enum Location: Hashable, Sendable {
        case png(FilePath)
        case svg(FilePath)
        case json(FilePath)
        /// A line of JSON Lines: its number, counted from 1, and its bytes.
        case line(FilePath, number: Int, offset: Int, length: Int)
        /// A file in a tar.
        case member(TarMember, of: FilePath)
    }

    /// The mask's name: its path in the collection without the extension, `train/00000_train`.
    public let name: String
    let location: Location

    /// The last component of the name: `00000_train`.
    var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The file that contains the mask; for a member of a tar, the tar's path followed by the member's.
    var path: FilePath {
        switch location {
        case .png(let path), .svg(let path), .json(let path), .line(let path, _, _, _): path
        case .member(let member, let tar): tar.pushing(FilePath(member.name))
        }
    }

    /// The format of the mask.
    var format: DatasetFormat {
        switch location {
        case .png: .png
        case .svg: .svg
        case .json, .line: .json
        case .member(let member, _): DatasetFormat(rawValue: FilePath(member.name).ending) ?? .json
        }
    }

    /// The mask's line in its file, counted from 1; nil if the file contains only this mask.
    var line: Int? {
        if case .line(_, let number, _, _) = location { number } else { nil }
    }
}
