import Archives
import FileAccess
import StrokeBank

/// Reads the drawings of a file of sketch-rnn, whose points are offsets: Δx, Δy, and 1 if the pen is lifted after it.
///
/// The first offset is from (0, 0), as sketch-rnn's own converter writes it. Whole coordinates that fit into the box of
/// 256 × 256, if necessary after they are moved to its corner, remain as they are; others are scaled and simplified as
/// raw drawings are.
/// The records contain neither a word nor a key: all drawings get the given category, and a hash of their strokes.
///
/// Memory: the uncompressed file.
struct SketchRNNReader: ~Copyable {
    /// The category of all drawings of the file.
    let word: String
    private var bytes: ByteReader
    private var arrays: PickledArrays?
    private var index = 0
    private var raw = RawDrawing()
    private var simplifier = DrawingSimplifier()

    /// A reader of the file whose bytes follow.
    ///
    /// - Parameter word: The category of all drawings.
    init(_ bytes: consuming ByteReader, word: String) {
        self.bytes = bytes
        self.word = word
        raw.word = word
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) { try bytes.checkUnchanged() }

    /// Reads the next drawing into `drawing`, reusing its memory; false at the end of the file.
    ///
    /// After an error, `drawing` may contain a part of a record, and the next call reads the next one.
    /// - Throws: `DataError` of kind `invalidRecord` if the array is not a drawing; another if the file cannot be read.
    /// - Complexity: O(points); the first call reads the file
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        let arrays = if let arrays { arrays } else { try SketchArrayFile.read(&bytes) }
        self.arrays = arrays
        guard index < arrays.arrays.count else { return false }
        let array = arrays.arrays[index]
        index += 1
        do throws(DrawingRecordError) {
            try arrays.withBytes(of: array) { (bytes) throws(DrawingRecordError) in
                try SketchArrayFormat(array).decode(bytes, into: &raw)
            }
            if !raw.copyIntoBox(of: &drawing) { try simplifier.simplify(raw, into: &drawing) }
        } catch {
            throw DataError(at: "\(bytes.path): drawing \(index)", "\(error)", kind: .invalidRecord)
        }
        if drawing.word != word { drawing.word = word }
        drawing.setKeyToHash()
        return true
    }
}

extension Drawing {
    /// Sets the key of a drawing that has none to a hash of its strokes: the same strokes have the same key wherever
    /// they are read.
    mutating func setKeyToHash() {
        keyID = 0
        keyID = contentHash
    }
}
