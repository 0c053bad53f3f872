import FileAccess
import SystemPackage

/// A format of drawings, detected from the first bytes of a file, never from its name.
public enum DrawingFormat: Hashable, Sendable {
    /// Quick, Draw!'s simplified ndjson: two arrays per stroke, x and y.
    case simplified
    /// Quick, Draw!'s raw ndjson: three arrays per stroke, x, y, and times.
    case raw
    /// Quick, Draw!'s packed records.
    case binary
    /// Kaggle's CSV, with simplified or raw drawings.
    case csv
    /// sketch-rnn's `train.npy`, `valid.npy`, and `test.npy`, which a `.npz` file contains: pickled arrays of offsets.
    case sketchRNN
    /// JSON Lines of strokes with any numbers.
    case strokes
    /// SVG, a drawing per file: the center lines of what it draws as strokes.
    case svg

    /// Whether a file consists of JSON, one drawing per line.
    var hasLines: Bool { self == .simplified || self == .raw || self == .strokes }

    /// The result of detecting the format.
    enum Detection: Hashable, Sendable {
        /// The file has a format.
        case format(DrawingFormat)
        /// The file has another format, of this name: `HDF5`.
        case foreign(String)
        /// The file has none of the formats.
        case none
        /// More bytes are required.
        case undecided
    }

    /// Detects the format from the first bytes of a file, uncompressed.
    ///
    /// A file is binary if it begins with a plausible record, which includes a byte that no text contains. Text is JSON
    /// Lines if it begins with `{`, after an optional byte order mark and blank lines; its first stroke distinguishes
    /// raw from simplified, and the name of its member any strokes from both. Text without any stroke counts as
    /// simplified, and so does an empty file. Other text is CSV if its first line has a column `drawing`, and SVG if it
    /// is XML whose first element is `svg`.
    /// - Parameters:
    ///   - beginning: The first bytes: at least 17 for binary; for JSON Lines up to the end, or the third array, of the
    ///     first stroke, about 20 kB in raw files.
    ///   - isWhole: Whether this is the whole file; then the result is never `undecided`.
    /// - Complexity: O(bytes up to the end of the first stroke)
    static func detect(in beginning: RawSpan, isWhole: Bool) -> Detection {
        guard beginning.byteCount >= BinaryRecord.headerLength || isWhole else { return .undecided }
        let hasRecognition =
            beginning.byteCount > BinaryRecord.recognitionOffset
            && beginning.byte(at: BinaryRecord.recognitionOffset) <= 1
        if let name = UnsupportedFormat.certainName(of: beginning) { return .foreign(name) }
        // A country is better evidence than a signature of four bytes, and that is better than no country.
        if hasRecognition, isBinary(beginning), beginning.byte(at: BinaryRecord.countryOffset) > 0 {
            return .format(.binary)
        }
        if let isSketches = SketchArrayFile.isStored(in: beginning) {
            return isSketches ? .format(.sketchRNN) : .foreign("NumPy's array of numbers (numpy_bitmap)")
        }
        if let name = UnsupportedFormat.name(of: beginning) { return .foreign(name) }
        var prolog = XMLProlog(beginning)
        if prolog.isXML {
            guard let name = prolog.firstElement() else { return isWhole ? .foreign("XML") : .undecided }
            return name == "svg" || name.hasSuffix(":svg") ? .format(.svg) : .foreign("XML")
        }
        if hasRecognition { return isBinary(beginning) ? .format(.binary) : .none }
        var scanner = JSONLinesFormatDetector()
        for offset in beginning.byteOffsets {
            guard let detection = scanner.scan(beginning.byte(at: offset)) else { continue }
            if detection == .none, CSVRecord.isHeader(beginning) { return .format(.csv) }
            return detection
        }
        return isWhole ? .format(.simplified) : .undecided
    }

    /// The format that the name of a file promises whose contents have none, so that reading it tells what is missing.
    init(promisedBy path: FilePath) {
        let name = (path.lastComponent?.string ?? "").lowercased()
        let stem = name.hasSuffix(".gz") ? name.dropLast(3) : Substring(name)
        if path.isSVGFile {
            self = .svg
        } else if stem.hasSuffix(".csv") || stem.hasSuffix(".tsv") {
            self = .csv
        } else {
            self = stem.hasSuffix(".npz") || stem.hasSuffix(".npy") ? .sketchRNN : .simplified
        }
    }

    /// Whether the bytes begin with a valid record, perhaps cut off, or with zeros, which are none but reading them
    /// tells so; its byte of recognition is valid.
    private static func isBinary(_ beginning: RawSpan) -> Bool {
        if BinaryRecord.hasOnlyZeros(beginning) { return true }
        let country = SIMD2(
            beginning.byte(at: BinaryRecord.countryOffset), beginning.byte(at: BinaryRecord.countryOffset + 1))
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard country == SIMD2(0, 0) || letters.contains(country.x) && letters.contains(country.y) else { return false }
        do {
            _ = try BinaryRecord.measure(beginning)
            return true
        } catch {
            return false
        }
    }
}
