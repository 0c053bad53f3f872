public import StrokeBank
import Archives
public import FileAccess
public import SystemPackage

/// Reads the drawings of one Quick, Draw! file, in whichever form it is: simplified or raw ndjson, or binary, each also
/// gzipped. What the file begins with decides, never its name.
///
/// Raw drawings are simplified. The word of a drawing comes from its record; of a binary file, which has none, from the
/// file's name (see `CategoryName`).
public struct DrawingReader: ~Copyable {
    /// The form that the file was found to be in; text that is in none counts as simplified, and its lines as faulty.
    public let form: SourceFormat
    /// Whether the file is gzipped.
    public let isCompressed: Bool
    /// How many records, or ends of files, were passed over as damaged.
    public private(set) var damagedCount = 0
    /// What was wrong with the first of them.
    private var firstDamage: DataError?
    private let path: FilePath
    private let skipsDamaged: Bool
    private var records: RecordReader?
    private var binaryRecords: BinaryReader?

    /// Opens the file at `path`, before its first drawing.
    ///
    /// - Parameter skipsDamaged: whether records that are wrong are counted and passed over. Behind a wrong binary
    ///   record, or damage in a gzipped file, nothing can be read: there the file ends.
    /// - Throws: `DataError.file` if it cannot be opened or read, or is binary without a category in its name.
    public init(_ path: FilePath, skipsDamaged: Bool = false) throws(DataError) {
        self.path = path
        self.skipsDamaged = skipsDamaged
        let form: SourceFormat
        let isCompressed: Bool
        var bytes = try ByteReader(path)
        form = try Self.form(of: &bytes)
        isCompressed = bytes.isCompressed
        guard form == .binary else {
            records = RecordReader(bytes, isRaw: form == .raw)
            (self.form, self.isCompressed) = (form, isCompressed)
            return
        }
        binaryRecords = try Self.binaryRecords(of: bytes)
        (self.form, self.isCompressed) = (form, isCompressed)
    }

    private static func binaryRecords(of bytes: consuming ByteReader) throws(DataError) -> BinaryReader {
        guard let word = CategoryName.word(fromFileAt: bytes.path) else {
            throw DataError(bytes.path, "has no category in its name; expected one as in cat.bin")
        }
        return BinaryReader(bytes, word: word)
    }

    /// Opens a plain file of a known form, to read the records whose lines begin in a range of its bytes.
    init(_ path: FilePath, isRaw: Bool, linesIn range: Range<Int>, skipsDamaged: Bool) throws(DataError) {
        self.path = path
        self.skipsDamaged = skipsDamaged
        isCompressed = false
        let bytes = try ByteReader(path, from: max(0, range.lowerBound - 1))
        records = RecordReader(bytes, isRaw: isRaw, linesIn: range)
        form = isRaw ? .raw : .simplified
    }

    /// Tells the form from as many of the first bytes as that takes.
    private static func form(of bytes: inout ByteReader) throws(DataError) -> SourceFormat {
        var expected = 1 << 12
        while true {
            let isMore: Bool
            do throws(DataError) {
                isMore = try bytes.fill(to: expected)
            } catch {
                // What comes before the damage is read, and the damage told there.
                guard error.isCorruption else { throw error }
                isMore = false
            }
            switch bytes.withBytes({ SourceFormat.find(in: $0, isWhole: !isMore) }) {
            case .form(let form): return form
            case .none: return .simplified
            case .undecided: expected = 4 * bytes.count
            }
            // Megabytes without a stroke are no file of ours, and its lines will say so.
            if expected > LineReader.defaultLineLimit { return .simplified }
        }
    }

    /// What was passed over as damaged so far; nil if nothing was.
    var damage: DamagedFile? {
        firstDamage.map { DamagedFile(path: path, count: damagedCount, first: $0) }
    }

    /// Reads the next drawing into `drawing`, whose memory is used again; false at the end of the file.
    ///
    /// After an error, `drawing` may hold half of a record, and the next call reads the next one, if there is one.
    /// - Throws: `DataError`: `record` or `binaryRecord` if one is wrong, `file` if the file cannot be read.
    /// - Complexity: O(bytes of the record)
    public mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        while true {
            do throws(DataError) {
                if let isDrawing = try records?.read(into: &drawing) { return isDrawing }
                return try binaryRecords?.read(into: &drawing) ?? false
            } catch {
                guard skipsDamaged, error.isCorruption else { throw cause(of: error) }
                damagedCount += 1
                if firstDamage == nil { firstDamage = error }
                guard error.kind == .invalidRecord else { return false }
            }
        }
    }
}

extension DrawingReader {
    /// A wrong record in a gzipped file is most likely what became of damage that its checksum will tell of.
    private func cause(of fault: DataError) -> DataError {
        guard isCompressed, fault.isCorruption else { return fault }
        do throws(DataError) {
            var bytes = try ByteReader(path)
            while try bytes.fill(to: 1) { bytes.pass(bytes.count) }
            return fault
        } catch {
            return error
        }
    }
}
