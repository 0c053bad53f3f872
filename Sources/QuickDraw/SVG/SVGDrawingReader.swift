import Archives
import FileAccess
import MaskFormats
import PlaneGeometry
import StrokeBank
import SystemPackage

/// Reads the drawing of an SVG file: the center lines of what it draws as strokes, with curves as chords.
///
/// The drawing is scaled and simplified as raw ones are. It gets the given category, and a hash of its strokes as its
/// key.
struct SVGDrawingReader: ~Copyable {
    /// The category of the drawing.
    let word: String
    private var bytes: ByteReader
    private var isRead = false

    /// The largest accepted document, in bytes.
    private static let sizeLimit = 1 << 26
    /// How the metadata of a mask begins that this program wrote.
    private static let maskStart = Array("<metadata>{\"format\":\"qd-imd-mask/".utf8)

    /// A reader of the file whose bytes follow.
    ///
    /// - Parameter word: The category of the drawing.
    init(_ bytes: consuming ByteReader, word: String) {
        self.bytes = bytes
        self.word = word
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) { try bytes.checkUnchanged() }

    /// Reads the drawing into `drawing`; false if it was read before.
    ///
    /// - Throws: `DataError` of kind `invalidRecord` if there are no strokes, or something that cannot be read; another
    ///   if the file cannot be read.
    /// - Complexity: O(bytes and points)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        if isRead { return false }
        isRead = true
        guard try !bytes.fill(to: Self.sizeLimit + 1) else {
            throw DataError(bytes.path, "has more than \(Self.sizeLimit) bytes; expected at most \(Self.sizeLimit)")
        }
        let text = bytes.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) } }
        bytes.consume(text.count)
        // A mask consists of the strokes of several drawings.
        if text.prefix(1 << 9).contains(Self.maskStart) {
            throw DataError(bytes.path, "is a mask of this program; expected drawings")
        }
        let raw = try Self.drawing(text, of: bytes.path, word: word)
        do throws(DrawingRecordError) {
            drawing = try raw.simplified()
        } catch {
            throw DataError(bytes.path, "\(error)", kind: .invalidRecord)
        }
        drawing.setKeyToHash()
        return true
    }

    private static func drawing(_ text: [UInt8], of path: FilePath, word: String) throws(DataError) -> RawDrawing {
        var raw = RawDrawing()
        raw.word = word
        do throws(MaskFormatError) {
            for line in try SVGCenterLines(text).lines {
                for point in line.points { raw.append(x: point.x, y: point.y) }
                raw.endStroke()
            }
        } catch {
            throw DataError(path, line: error.line, error.problem, kind: .invalidRecord)
        }
        return raw
    }
}
