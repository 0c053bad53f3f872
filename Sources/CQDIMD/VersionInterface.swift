import CQDIMDHeader
import MaskDataset

/// Returns the version; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_version() -> UnsafePointer<CChar>? { unsafe versionText.text }

/// The version as a C string, in memory that is never freed.
@safe private struct VersionText: @unchecked Sendable {
    // Sendable despite the pointer: nobody writes to its memory.
    let text: UnsafePointer<CChar>?

    init(_ version: String) {
        let bytes = version.utf8CString
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (place, byte) in bytes.enumerated() { unsafe memory[place] = byte }
        unsafe text = UnsafePointer(memory)
    }
}

private let versionText = VersionText(programVersion)
