import QuickDraw

/// Finds the end of the last complete record in the first bytes of a file, chunk by chunk.
enum LastRecordFinder: Hashable, Sendable {
    /// A record is a line.
    case lines(scanned: Int, end: Int)
    /// A record is a `BinaryRecord`.
    case records(RecordScanner)

    /// No bytes of a file of this format.
    init(_ format: PublishedFormat) {
        switch format {
        case .simplified, .raw: self = .lines(scanned: 0, end: 0)
        case .binary: self = .records(RecordScanner())
        }
    }

    /// The length of the complete records.
    var end: Int {
        switch self {
        case .lines(_, let end): end
        case .records(let scanner): scanner.end
        }
    }

    /// Scans the next bytes.
    mutating func scan(_ bytes: [UInt8]) {
        switch self {
        case .lines(let scanned, var end):
            if let last = bytes.lastIndex(of: 0x0A) { end = scanned + last + 1 }
            self = .lines(scanned: scanned + bytes.count, end: end)
        case .records(var scanner):
            scanner.scan(bytes)
            self = .records(scanner)
        }
    }
}
