import FileAccess
import SystemPackage

/// Why a section of a bank, or its header, is corrupt.
enum BankError: Error, Hashable {
    /// The file ends before the section does: its length, and the expected one.
    case cutOff(count: Int, expected: Int)
    /// The file continues after its last section.
    case tooLong(count: Int, expected: Int)
    /// The format has another version.
    case version(UInt32)
    /// A block of the section has a wrong checksum; `offset` is its start in the section.
    case checksum(offset: Int = 0, found: UInt64, expected: UInt64)
    /// The checksums are right, but the contents contradict the format.
    case inconsistent

    /// The description without the location: `is corrupt at byte 4096: checksum 01f2…; expected 97ab…`.
    var description: String {
        switch self {
        case .cutOff(let count, let expected): "is cut off: the file has \(count) bytes; expected \(expected)"
        case .tooLong(let count, let expected): "does not end the file of \(count) bytes; expected \(expected)"
        case .version(let version): "has version \(version) of the format; expected \(BankFormat.version)"
        case .checksum(let offset, let found, let expected):
            "is corrupt at byte \(offset): checksum \(found.hexadecimal); expected \(expected.hexadecimal)"
        case .inconsistent: "is invalid although its checksums are right; expected a bank written by this program"
        }
    }
}

extension DataError {
    /// A stroke bank with a corrupt section: `header`, `categories`, `drawings`, `counts`, `points`, or `checksums`.
    init(_ path: FilePath, section: String, _ error: BankError) {
        self.init(path, "section \"\(section)\" \(error.description)")
    }
}
