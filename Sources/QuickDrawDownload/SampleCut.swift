import QuickDraw

/// Finds where the last whole record of a file's beginning ends, part by part.
enum SampleCut: Hashable, Sendable {
    /// A record is a line.
    case lines(passed: Int, end: Int)
    /// A record is a `BinaryRecord`.
    case records(RecordScanner)

    /// Before the first byte of a file of that form.
    init(_ form: SourceFormat) {
        switch form {
        case .simplified, .raw: self = .lines(passed: 0, end: 0)
        case .binary: self = .records(RecordScanner())
        }
    }

    /// How many bytes from the start the whole records take.
    var end: Int {
        switch self {
        case .lines(_, let end): end
        case .records(let scanner): scanner.end
        }
    }

    /// Goes on over the next bytes.
    mutating func scan(_ bytes: [UInt8]) {
        switch self {
        case .lines(let passed, var end):
            if let last = bytes.lastIndex(of: 0x0A) { end = passed + last + 1 }
            self = .lines(passed: passed + bytes.count, end: end)
        case .records(var scanner):
            scanner.scan(bytes)
            self = .records(scanner)
        }
    }
}

/// Goes over packed records without looking at more than their counts.
struct RecordScanner: Hashable, Sendable {
    /// Where the last whole record ends.
    private(set) var end = 0
    /// Where the bytes that were given end.
    private var passed = 0
    /// Where the two bytes of the next count are.
    private var countOffset = BinaryRecord.strokeCountOffset
    private var firstByte: UInt8?
    /// How many strokes of the record are still to come; nil before their number is known.
    private var strokesLeft: Int?

    mutating func scan(_ bytes: [UInt8]) {
        let start = passed
        passed += bytes.count
        endRecordIfPassed()
        while countOffset < passed {
            let index = countOffset - start + (firstByte == nil ? 0 : 1)
            guard index < bytes.count else { return }
            guard let first = firstByte else {
                firstByte = bytes[index]
                continue
            }
            take(Int(first) | Int(bytes[index]) << 8)
        }
    }

    private mutating func take(_ count: Int) {
        firstByte = nil
        countOffset += 2
        if let left = strokesLeft {
            countOffset += 2 * count
            strokesLeft = left - 1
        } else {
            strokesLeft = count
        }
        endRecordIfPassed()
    }

    private mutating func endRecordIfPassed() {
        guard strokesLeft == 0, countOffset <= passed else { return }
        end = countOffset
        countOffset += BinaryRecord.strokeCountOffset
        strokesLeft = nil
    }
}
