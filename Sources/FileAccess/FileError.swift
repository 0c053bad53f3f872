public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What went wrong with a file: where, and what was found.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or folder, as it was given.
    public let path: FilePath
    /// What was found and, where that is not plain, wanted: `is a folder; wanted a file`.
    public let problem: String

    /// Whether the file could be read, but what is in it is not what it should be.
    public let isDamage: Bool

    /// A problem with what stands at `path`, or should.
    public init(_ path: FilePath, _ problem: String, isDamage: Bool = false) {
        self.path = path
        self.problem = problem
        self.isDamage = isDamage
    }

    /// One line: `masks/train: cannot be listed: Permission denied`.
    public var description: String { "\(path): \(problem)" }
}

extension FilePath {
    /// Runs a call of swift-system, and turns what it throws into a `FileError` of this path.
    ///
    /// - Parameter failure: what could not be done: `cannot be opened`.
    public func attempt<Result>(_ failure: String, _ body: () throws -> Result) throws(FileError) -> Result {
        do {
            return try body()
        } catch {
            throw FileError(self, "\(failure): \(error)")
        }
    }

    /// The same for a call of the C library that answers −1 and sets `errno`.
    func attempt(_ failure: String, call body: () -> Int32) throws(FileError) {
        while body() == -1 {
            let error = Errno(rawValue: errno)
            if error != .interrupted { throw FileError(self, "\(failure): \(error)") }
        }
    }
}
