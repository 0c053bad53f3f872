public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Why data could not be read, made, or written: where, what was found, and what was expected.
///
/// All targets that deal with files throw this one type, so that no caller has to translate an error of a lower layer.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about an error.
    public enum Kind: Hashable, Sendable {
        /// The data cannot be read, made, or written, or is not of the expected kind: stop.
        case unusable
        /// Another process holds the data, or has not made it yet: try again later.
        case unavailable
        /// The source contains nothing of the requested kind.
        case empty
        /// A file can be read, but its contents are corrupt from here on.
        case corrupt
        /// One record is invalid; the records after it can still be read.
        case invalidRecord
    }

    /// The file, with the line or byte if known: `cat.ndjson:812`; empty if the problem is self-explanatory.
    public let location: String
    /// What was found and, unless it is obvious, what was expected: `is a folder; expected a file`.
    public let problem: String
    /// What a caller can do about it.
    public let kind: Kind

    /// A problem at a place that is not a file: `00012_train`, or empty.
    public init(at location: String, _ problem: String, kind: Kind = .unusable) {
        self.location = location
        self.problem = problem
        self.kind = kind
    }

    /// A problem with the file or folder at `path`, or with one of its lines, counted from 1.
    public init(_ path: FilePath, line: Int? = nil, _ problem: String, kind: Kind = .unusable) {
        self.init(at: line.map { "\(path):\($0)" } ?? "\(path)", problem, kind: kind)
    }

    /// Whether the file could be read, but its contents are invalid.
    public var isCorruption: Bool { kind == .corrupt || kind == .invalidRecord }

    /// One line: `masks/train: cannot be listed: Permission denied`.
    public var description: String { location.isEmpty ? problem : "\(location): \(problem)" }
}

extension FilePath {
    /// Runs a call of swift-system and converts the error it throws into a `DataError` of this path.
    ///
    /// - Parameters:
    ///   - failure: The failure, without the cause: `cannot be opened`.
    ///   - body: The call.
    public func attempt<Result>(_ failure: String, _ body: () throws -> Result) throws(DataError) -> Result {
        do {
            return try body()
        } catch {
            throw DataError(self, "\(failure): \(error)")
        }
    }

    /// Runs a call of the C library that returns −1 and sets `errno` on failure; retries it when interrupted.
    func attempt(_ failure: String, call body: () -> Int32) throws(DataError) {
        while body() == -1 {
            let error = Errno(rawValue: errno)
            if error != .interrupted { throw DataError(self, "\(failure): \(error)") }
        }
    }
}
