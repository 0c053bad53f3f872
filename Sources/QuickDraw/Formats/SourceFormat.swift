import FileAccess

/// A format in which Quick, Draw! is published, detected from the first bytes of a file, never from its name.
public enum SourceFormat: String, Hashable, Sendable, CaseIterable {
    /// ndjson with two arrays per stroke: x and y.
    case simplified
    /// ndjson with three arrays per stroke: x, y, and times.
    case raw
    /// Packed records.
    case binary

    /// The result of detecting the format.
    enum Detection: Hashable, Sendable {
        /// The file has a format.
        case format(SourceFormat)
        /// The file has none of the formats.
        case none
        /// More bytes are required.
        case undecided
    }

    /// Detects the format from the first bytes of a file, uncompressed.
    ///
    /// A file is binary if it begins with a plausible record, which includes a byte that no text contains. Text is
    /// ndjson if it begins with `{`, after an optional byte order mark and blank lines; its first stroke distinguishes
    /// raw from simplified. Text without any stroke counts as simplified, and so does an empty file.
    /// - Parameters:
    ///   - beginning: The first bytes: at least 17 for binary; for ndjson up to the end, or the third array, of the first
    ///     stroke, about 20 kB in raw files.
    ///   - isWhole: Whether this is the whole file; then the result is never `undecided`.
    /// - Complexity: O(bytes up to the end of the first stroke)
    static func detect(in beginning: RawSpan, isWhole: Bool) -> Detection {
        guard beginning.byteCount >= BinaryRecord.headerLength || isWhole else { return .undecided }
        if beginning.byteCount > BinaryRecord.recognitionOffset,
            beginning.byte(at: BinaryRecord.recognitionOffset) <= 1
        {
            return isBinary(beginning) ? .format(.binary) : .none
        }
        var scanner = StrokeScanner()
        for offset in beginning.byteOffsets {
            if let detection = scanner.scan(beginning.byte(at: offset)) { return detection }
        }
        return isWhole ? .format(.simplified) : .undecided
    }

    /// Whether the bytes begin with a valid record, perhaps cut off, or with zeros, which are none but reading them tells
    /// so; its byte of recognition is valid.
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
