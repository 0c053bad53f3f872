public import StrokeBank
import Archives
public import FileAccess
public import SystemPackage

/// Reads the drawings of a file in any format: simplified or raw ndjson, binary, CSV, sketch-rnn's arrays, any strokes
/// in JSON Lines, or the strokes of SVG, optionally gzipped or in a zip archive. The first bytes of the file decide,
/// never its name.
///
/// All but simplified drawings are simplified. The word of a drawing comes from its record, or, if it has none, from
/// the name of the file (see `CategoryName`) or of its folder (see `DrawingFileList`).
public struct DrawingReader: ~Copyable {
    /// The detected format; text in no format counts as simplified, with invalid lines.
    public let format: DrawingFormat
    /// Whether the file is gzipped, or in a zip archive.
    public let isCompressed: Bool
    /// The corrupt records, or unreadable ends of files, that were skipped.
    private var skipped = SkippedRecords()
    /// Those that were passed over without being needed; see `read(into:where:)`.
    private(set) var passedOver = SkippedRecords()
    /// The stamp of the file when it was opened; nil if it is not a regular file.
    let stamp: FileStamp?
    private let file: DrawingFile
    private let skipsDamaged: Bool
    // One of these.
    private var ndjson: NDJSONReader?
    private var binary: BinaryReader?
    private var csv: CSVReader?
    private var sketches: SketchRNNReader?
    private var svg: SVGDrawingReader?

    /// Opens the file at `path`, which is not a zip archive.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - skipsDamaged: Whether corrupt records are counted and skipped; see the other initializer.
    /// - Throws: `DataError` if it cannot be opened or read, has a format without drawings, or has neither words nor a
    ///   category in its name.
    public init(_ path: FilePath, skipsDamaged: Bool = false) throws(DataError) {
        try self.init(DrawingFile(path), skipsDamaged: skipsDamaged)
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - skipsDamaged: Whether corrupt records are counted and skipped. Nothing after a corrupt binary record, or
    ///     a corrupt place in compressed data, can be read: the file ends there.
    /// - Throws: `DataError` if it cannot be opened or read, has a format without drawings, or has neither words nor a
    ///   category in its name.
    public init(_ file: DrawingFile, skipsDamaged: Bool = false) throws(DataError) {
        self.file = file
        self.skipsDamaged = skipsDamaged
        var bytes = try file.open()
        let format = try Self.format(of: &bytes)
        let word = try Self.word(of: file, format)
        let (isCompressed, stamp) = (bytes.isCompressed, bytes.stamp)
        switch format {
        case .simplified, .raw, .strokes: ndjson = NDJSONReader(bytes, format)
        case .binary: binary = BinaryReader(bytes, word: word)
        case .csv: csv = CSVReader(bytes, word: file.word)
        case .sketchRNN: sketches = SketchRNNReader(bytes, word: word)
        case .svg: svg = SVGDrawingReader(bytes, word: word)
        }
        (self.format, self.isCompressed, self.stamp) = (format, isCompressed, stamp)
    }

    /// The category in the file's name, if its records have none; otherwise empty.
    private static func word(of file: DrawingFile, _ format: DrawingFormat) throws(DataError) -> String {
        let example: String
        switch format {
        case .binary: example = "cat.bin"
        case .sketchRNN: example = "cat.npz"
        case .svg: example = "cat.svg"
        case .simplified, .raw, .csv, .strokes: return ""
        }
        guard let word = file.word else {
            throw DataError(file.path, "has no category in its name; expected one as in \(example)")
        }
        return word
    }

    /// Opens an uncompressed file of lines to read the records whose lines begin in a range of its bytes.
    init(
        _ file: DrawingFile, _ format: DrawingFormat, linesIn range: Range<Int>, skipsDamaged: Bool
    ) throws(DataError) {
        self.file = file
        self.skipsDamaged = skipsDamaged
        self.format = format
        isCompressed = false
        let bytes = try file.open(from: max(0, range.lowerBound - 1))
        stamp = bytes.stamp
        ndjson = NDJSONReader(bytes, format, linesIn: range)
    }

    /// Detects the format from as many of the first bytes as required.
    private static func format(of bytes: inout ByteReader) throws(DataError) -> DrawingFormat {
        var requiredCount = 1 << 12
        while true {
            let isMore: Bool
            do throws(DataError) {
                isMore = try bytes.fill(to: requiredCount)
            } catch {
                // The records before the corrupt place are read first, and the error is reported there.
                guard error.isCorruption else { throw error }
                isMore = false
            }
            switch bytes.withBytes({ DrawingFormat.detect(in: $0, isWhole: !isMore) }) {
            case .format(let format): return bytes.count > 0 ? format : DrawingFormat(promisedBy: bytes.path)
            case .foreign(let name):
                let expected =
                    UnsupportedFormat.remedy(for: name)
                    ?? ".ndjson, .bin, or .csv files, sketch-rnn's .npz, or strokes in .jsonl or .svg files"
                throw DataError(bytes.path, "\(name) is not a form of Quick, Draw! drawings; expected \(expected)")
            case .none: return DrawingFormat(promisedBy: bytes.path)
            case .undecided: requiredCount = 4 * bytes.count
            }
            // Text without a stroke in megabytes is invalid; reading its lines reports why.
            if requiredCount > LineReader.defaultLineLimit { return .simplified }
        }
    }

    /// The size of the file, uncompressed if it is a member of an archive; nil if it is not a regular file.
    var size: Int? { file.memberSize ?? stamp?.size }

    /// The number of corrupt records, or unreadable ends of files, that were skipped.
    public var corruptCount: Int { skipped.count }

    /// The corrupt records that were skipped so far; nil if there were none.
    var corruption: CorruptFile? {
        skipped.first.map { CorruptFile(path: file.path, count: skipped.count, first: $0) }
    }

    /// Checks that nobody has written to the file since it was opened: then drawings of different versions could be
    /// mixed. The end of the file, and every error, imply it.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) {
        try ndjson?.checkUnchanged()
        try binary?.checkUnchanged()
        try csv?.checkUnchanged()
        try sketches?.checkUnchanged()
        try svg?.checkUnchanged()
    }

    /// Reads the next drawing into `drawing`, reusing its memory; false at the end of the file.
    ///
    /// After an error, `drawing` may contain a part of a record, and the next call reads the next one, if there is one.
    /// - Throws: `DataError` if the record is corrupt (see its `kind`) or the file cannot be read.
    /// - Complexity: O(bytes of the record)
    public mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        while true {
            do throws(DataError) {
                let isFound: Bool
                if let isDrawing = try ndjson?.read(into: &drawing) {
                    isFound = isDrawing
                } else {
                    isFound = try readOther(into: &drawing)
                }
                if !isFound { try checkUnchanged() }
                return isFound
            } catch {
                guard skipsDamaged, error.isCorruption else { throw cause(of: error) }
                skipped.add(error)
                guard error.kind == .invalidRecord else { return false }
            }
        }
    }

    /// Reads the next drawing of a file without lines of JSON.
    private mutating func readOther(into drawing: inout Drawing) throws(DataError) -> Bool {
        if let isFound = try binary?.read(into: &drawing) { return isFound }
        if let isFound = try csv?.read(into: &drawing) { return isFound }
        if let isFound = try sketches?.read(into: &drawing) { return isFound }
        return try svg?.read(into: &drawing) ?? false
    }

    /// Reads the next drawing of a wanted word into `drawing`; false if there is none.
    ///
    /// Other drawings are skipped, most of them without decoding. A line that is no drawing belongs to no category: it
    /// counts only if a drawing of a wanted word follows, so that a file may end with anything that can be read.
    /// - Parameters:
    ///   - drawing: The previous drawing; most of the next ones have its word.
    ///   - isWanted: Decides on a word; called at least once for each.
    /// - Throws: `DataError` if the file cannot be read, or a record before the drawing is corrupt.
    /// - Complexity: O(bytes of the records)
    mutating func read(
        into drawing: inout Drawing, where isWanted: (String) -> Bool
    ) throws(DataError) -> Bool {
        if let word = binary?.word ?? sketches?.word ?? svg?.word {
            if isWanted(word) { return try read(into: &drawing) }
            try checkUnchanged()
            return false
        }
        let isFound: Bool
        do throws(DataError) {
            if let isDrawing = try ndjson?.read(into: &drawing, where: isWanted, skipped: &passedOver) {
                isFound = isDrawing
            } else {
                isFound = try csv?.read(into: &drawing, where: isWanted, skipped: &passedOver) ?? false
            }
            if !isFound { try checkUnchanged() }
        } catch {
            guard skipsDamaged, error.isCorruption else { throw cause(of: error) }
            skipped.add(error)
            return false
        }
        guard isFound, let first = passedOver.first else { return isFound }
        guard skipsDamaged else { throw cause(of: first) }
        skipped.add(passedOver)
        passedOver = SkippedRecords()
        return true
    }
}

extension DrawingReader {
    /// The cause of an invalid record: another program that writes the file, or, if it is gzipped, most likely corrupt
    /// gzip data, which its checksum reveals.
    private func cause(of recordError: DataError) -> DataError {
        guard recordError.isCorruption else { return recordError }
        do throws(DataError) {
            try checkUnchanged()
            guard isCompressed else { return recordError }
            var bytes = try file.open()
            while try bytes.fill(to: 1) { bytes.consume(bytes.count) }
            return recordError
        } catch {
            return error
        }
    }
}
