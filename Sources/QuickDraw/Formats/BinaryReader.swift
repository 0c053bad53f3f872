import StrokeBank
import Archives
import FileAccess

/// Reads the drawings of a binary file in bounded memory.
///
/// The records do not contain a word: all drawings get the given category.
struct BinaryReader: ~Copyable {
    /// The longest accepted record in bytes: 16 MiB. Real ones have a few hundred bytes.
    static let recordLimit = 16 << 20

    /// The category of all drawings of the file.
    let word: String
    /// The number of the last record that was read or found to be invalid, from 1; 0 before the first.
    private(set) var recordNumber = 0
    private var bytes: ByteReader

    /// A reader of the records that begin with the next byte.
    ///
    /// - Parameter word: The category of all drawings.
    init(_ bytes: consuming ByteReader, word: String) {
        self.bytes = bytes
        self.word = word
    }

    /// The offset of the next record in the (uncompressed) file.
    var offset: Int { bytes.offset }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) { try bytes.checkUnchanged() }

    /// Reads the next drawing into `drawing`, reusing its memory; false at the end of the file.
    ///
    /// After an error, `drawing` is unchanged.
    /// - Throws: `DataError` of kind `corrupt` if the record is invalid or cut off; another if the file cannot be read.
    /// - Complexity: O(bytes of the record)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        guard try fill(to: 1) else { return false }
        recordNumber += 1
        while true {
            switch try decode(into: &drawing) {
            case .whole(let length):
                bytes.consume(length)
                if drawing.word != word { drawing.word = word }
                return true
            case .cutOff(let length):
                guard length <= Self.recordLimit else {
                    throw error(.recordLength(atLeast: length, limit: Self.recordLimit))
                }
                guard try fill(to: length) else { throw error(.cutOff(count: bytes.count, atLeast: length)) }
            }
        }
    }

    private func decode(into drawing: inout Drawing) throws(DataError) -> BinaryRecord.Outcome {
        do {
            return try bytes.withBytes { (bytes) throws(DrawingRecordError) in
                try BinaryRecord.decode(bytes, into: &drawing)
            }
        } catch {
            throw self.error(error)
        }
    }

    private mutating func fill(to count: Int) throws(DataError) -> Bool {
        try bytes.fill(to: count)
    }

    private func error(_ error: DrawingRecordError) -> DataError {
        DataError(
            at: "\(bytes.path): byte \(bytes.offset): record \(recordNumber)", "\(error)", kind: .corrupt)
    }
}
