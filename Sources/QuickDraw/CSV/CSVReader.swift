import Archives
import FileAccess
import StrokeBank

/// Reads the drawings of a CSV file, as Kaggle has them: a row each, whose column `drawing` is JSON, simplified or raw.
///
/// Columns are found by their names: `drawing`, `word`, `key_id`, `countrycode`, `timestamp`, and `recognized`; others
/// are ignored. Without `word`, all drawings get the given category; without `key_id`, a hash of their strokes.
struct CSVReader: ~Copyable {
    /// The longest accepted record in bytes.
    private static let recordLimit = LineReader.defaultLineLimit

    private var bytes: ByteReader
    private var decoder: CSVDecoder
    /// The line in which the last record begins, and the one after it.
    private var lines = 1..<1

    /// A reader of the file whose bytes follow.
    ///
    /// - Parameter word: The category of drawings without one; nil if the file's name has none.
    init(_ bytes: consuming ByteReader, word: String?) {
        self.bytes = bytes
        decoder = CSVDecoder(fallbackWord: word)
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) { try bytes.checkUnchanged() }

    /// Reads the next drawing into `drawing`, reusing its memory; false at the end of the file.
    ///
    /// After an error, `drawing` may contain a part of a record, and the next call reads the next one.
    /// - Throws: `DataError` of kind `invalidRecord` if the record is invalid; another if the file cannot be read.
    /// - Complexity: O(bytes of the record)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        while let length = try nextRecord() {
            defer { bytes.consume(length) }
            do throws(DrawingRecordError) {
                let isDrawing = try bytes.withBytes { (bytes) throws(DrawingRecordError) in
                    try decoder.decode(bytes.extracting(first: length), into: &drawing)
                }
                if isDrawing { return true }
            } catch {
                throw self.error(error)
            }
        }
        return false
    }

    /// Reads the next drawing of a wanted word into `drawing`; false if there is none. Other drawings, and records that
    /// are no drawings, are skipped.
    ///
    /// - Parameters:
    ///   - drawing: The drawing.
    ///   - isWanted: Decides on a word.
    ///   - skipped: Gets the records that are no drawings.
    /// - Throws: `DataError` if the file cannot be read.
    /// - Complexity: O(bytes of the records)
    mutating func read(
        into drawing: inout Drawing, where isWanted: (String) -> Bool, skipped: inout SkippedRecords
    ) throws(DataError) -> Bool {
        while true {
            do throws(DataError) {
                guard try read(into: &drawing) else { return false }
                if isWanted(drawing.word) { return true }
            } catch {
                guard error.kind == .invalidRecord else { throw error }
                skipped.add(error)
            }
        }
    }

    private func error(_ error: DrawingRecordError) -> DataError {
        let kind: DataError.Kind = !decoder.hasHeader ? .unusable : .invalidRecord
        return DataError(bytes.path, line: lines.lowerBound, "\(error)", kind: kind)
    }

    /// The length of the next record with its line end; nil at the end of the file.
    private mutating func nextRecord() throws(DataError) -> Int? {
        var state = CSVRecord.SearchState()
        while true {
            if let length = bytes.withBytes({ CSVRecord.length(in: $0, from: &state) }) {
                lines = lines.upperBound..<lines.upperBound + state.lineCount
                return length
            }
            guard bytes.count <= Self.recordLimit else {
                throw DataError(
                    bytes.path, line: lines.upperBound,
                    "the record is longer than \(Self.recordLimit) bytes; expected a shorter one, or a closing quote",
                    kind: .corrupt)
            }
            if try !bytes.fill(to: bytes.count + 1) {
                lines = lines.upperBound..<lines.upperBound + state.lineCount + 1
                guard bytes.count == 0 else { return bytes.count }
                guard decoder.hasHeader else {
                    throw DataError(bytes.path, "is empty; expected a line with the names of columns")
                }
                return nil
            }
        }
    }
}
