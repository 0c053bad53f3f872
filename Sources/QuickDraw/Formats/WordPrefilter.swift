import FileAccess

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Tells whether a line of ndjson is a drawing of a known word, without reading its strokes: most lines of a file are
/// skipped this way once a category has enough drawings.
///
/// The search for quotes is that of the C library, 16 bytes or more at once, and takes a tenth of the time of decoding.
struct WordPrefilter {
    private let word: [UInt8]

    /// The word to recognize.
    init(_ word: String) {
        self.word = Array(word.utf8)
    }

    /// Whether a line is certainly an object whose only member `word` is this one.
    ///
    /// False for everything that only a parser can decide: escapes, members after `drawing`, unusual spaces.
    /// - Parameters:
    ///   - line: The line, perhaps with bytes after it.
    ///   - count: The length of the line in bytes.
    func isWord(of line: RawSpan, count: Int) -> Bool {
        let line = line.extracting(first: count)
        guard line.has("{", at: 0) else { return false }
        var isFound = false
        var place = 1
        while let name = line.string(at: place) {
            place = name.upperBound + 1
            guard line.has(":", at: place) else { return false }
            place += line.has(" ", at: place + 1) ? 2 : 1
            if name.count == 7, line.has("drawing", at: name.lowerBound) {
                // Anything quoted after the name could be another word, and an escape before it a hidden name.
                return isFound && line.index(of: "\"", place..<count) == nil && line.index(of: "\\", 0..<place) == nil
            }
            if let value = line.string(at: place) {
                if name.count == 4, line.has("word", at: name.lowerBound) {
                    guard !isFound, isWord(value, of: line) else { return false }
                    isFound = true
                }
                place = value.upperBound + 1
            } else if line.has("true", at: place) {
                place += 4
            } else if line.has("false", at: place) {
                place += 5
            }
            guard line.has(",", at: place) else { return false }
            place += line.has(" ", at: place + 1) ? 2 : 1
        }
        return false
    }

    private func isWord(_ value: Range<Int>, of line: RawSpan) -> Bool {
        guard value.count == word.count else { return false }
        for index in word.indices where line.byte(at: value.lowerBound + index) != word[index] { return false }
        return true
    }
}

extension RawSpan {
    /// Whether these characters are at an offset, which may be beyond the end.
    @inline(__always)
    fileprivate func has(_ text: StaticString, at offset: Int) -> Bool {
        guard offset + text.utf8CodeUnitCount <= byteCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where unsafe byte(at: offset + index) != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// The bytes between the quotes of the string that begins at an offset; nil if none does.
    @inline(__always)
    fileprivate func string(at offset: Int) -> Range<Int>? {
        guard has("\"", at: offset) else { return nil }
        return index(of: "\"", offset + 1..<byteCount).map { offset + 1..<$0 }
    }

    /// The first offset of a character in a range.
    @inline(__always)
    fileprivate func index(of character: Unicode.Scalar, _ range: Range<Int>) -> Int? {
        unsafe extracting(range).withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress,
                let found = unsafe memchr(start, Int32(UInt8(ascii: character)), bytes.count)
            else { return nil }
            return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
        }
    }
}
