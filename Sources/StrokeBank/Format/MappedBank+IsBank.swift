import FileAccess
public import SystemPackage

extension MappedBank {
    /// Whether the file at `path` begins with the signature of a bank; false also if it cannot be read.
    public static func isBank(_ path: FilePath) -> Bool {
        do {
            guard try path.kind() == .file else { return false }
            return try path.readBytes(at: 0, count: BankFormat.magic.count) == BankFormat.magic
        } catch {
            return false
        }
    }
}
