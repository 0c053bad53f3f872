import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What makes two paths the same file or folder: the device and the number on it, after following links.
public struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    init(_ status: Stat) {
        device = UInt64(truncatingIfNeeded: status.rawValue.st_dev)
        number = UInt64(truncatingIfNeeded: status.rawValue.st_ino)
    }
}
