import StrokeBank
import Archives
import FileAccess

/// Reads Quick, Draw!'s binary files, one drawing after another, gzipped or not, in bounded memory.
///
/// There is no word in them: all drawings of a file get the category that is given.
struct BinaryReader: ~Copyable {
    /// The longest record that is accepted, in bytes: 16 MiB. Real ones have some hundreds.
    static let recordLimit = 16 << 20

    /// The category of all drawings of the file.
    let word: String
    /// The number of the record last read, or found wrong, from 1; 0 before the first.
    private(set) var recordNumber = 0
    private var bytes: ByteReader

    /// Takes over a file, before the record that begins with its next byte.
    ///
    /// - Parameter word: the category of all of its drawings.
    init(_ bytes: consuming ByteReader, word: String) {
        self.bytes = bytes
        self.word = word
    }

    /// Where the next record begins, in bytes from the start of the (uncompressed) file.
    var offset: Int { bytes.offset }

    /// Reads the next drawing into `drawing`, whose memory is used again; false at the end of the file.
    ///
    /// After an error, `drawing` is as it was.
    /// - Throws: `DataError`: `binaryRecord` if one is wrong or cut off, `file` if the file cannot be read.
    /// - Complexity: O(bytes of the record)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        guard try fill(to: 1) else { return false }
        recordNumber += 1
        while true {
            switch try decode(into: &drawing) {
            case .whole(let length):
                bytes.pass(length)
                if drawing.word != word { drawing.word = word }
                return true
            case .cutOff(let length):
                guard length <= Self.recordLimit else {
                    throw fault(.recordLength(atLeast: length, limit: Self.recordLimit))
                }
                guard try fill(to: length) else { throw fault(.cutOff(count: bytes.count, atLeast: length)) }
            }
        }
    }

    private func decode(into drawing: inout Drawing) throws(DataError) -> BinaryRecord.Outcome {
        do {
            return try bytes.withBytes { (bytes) throws(DrawingRecordError) in
                try BinaryRecord.decode(bytes, into: &drawing)
            }
        } catch {
            throw fault(error)
        }
    }

    private mutating func fill(to count: Int) throws(DataError) -> Bool {
        return try bytes.fill(to: count)
    }

    private func fault(_ fault: DrawingRecordError) -> DataError {
        DataError(
            at: "\(bytes.path): byte \(bytes.offset): record \(recordNumber)", "\(fault)", kind: .corrupt)
    }
}
