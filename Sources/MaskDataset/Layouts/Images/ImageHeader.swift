import FileAccess
import MaskModel
import SystemPackage

/// Reads the size of an image from the start of its file, without decoding it: PNG and JPEG.
///
/// The size is that of the stored pixels. An orientation in EXIF data has no effect, as in Pillow's `Image.open`.
enum ImageHeader {
    /// The names of formats that people keep images in, and the bytes with which their files begin.
    private static let otherFormats: [(name: String, offset: Int, start: [UInt8])] = [
        ("a GIF", 0, Array("GIF8".utf8)), ("a WebP", 8, Array("WEBP".utf8)), ("a BMP", 0, Array("BM".utf8)),
        ("a TIFF", 0, [0x49, 0x49, 0x2A, 0]), ("a TIFF", 0, [0x4D, 0x4D, 0, 0x2A]),
        ("an AVIF", 4, Array("ftypavif".utf8)), ("a HEIC", 4, Array("ftyphei".utf8)),
        ("a HEIC", 4, Array("ftypmif1".utf8)), ("a JPEG XL", 0, [0xFF, 0x0A]), ("a JPEG 2000", 4, Array("jP  ".utf8)),
        ("a Photoshop document", 0, Array("8BPS".utf8)), ("a PDF", 0, Array("%PDF".utf8)),
    ]

    /// The number of bytes that are read to recognize a format, and the whole header of a PNG.
    private static let startLength = 26
    /// The number of markers and fill bytes before the frame header of a JPEG; real ones have some dozens.
    private static let markerLimit = 10_000

    /// Returns the size of the image in the file `path`.
    ///
    /// - Throws: `DataError` of the path if it is not a regular file, not a PNG or JPEG, or ends before the size.
    /// - Complexity: O(segments before the frame header) for a JPEG, else O(1)
    static func size(of path: FilePath) throws(DataError) -> PixelSize {
        switch try path.kind() {
        case .file: break
        case nil: throw DataError(path, "no such file; expected an image, whose size its mask gets")
        case .folder, .other: throw DataError(path, "is not a regular file; expected an image")
        }
        let start = try path.readBytes(at: 0, count: startLength)
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard start.count >= 24, start[12..<16].elementsEqual("IHDR".utf8) else { throw damaged(path, "PNG") }
            return try size(width: number(start[16..<20]), height: number(start[20..<24]), of: path)
        }
        if start.starts(with: [0xFF, 0xD8]) { return try sizeOfJPEG(path) }
        let name = otherFormats.first { start.dropFirst($0.offset).starts(with: $0.start) }?.name
        throw DataError(path, "is \(name ?? "not an image of a known format"); expected a PNG or a JPEG")
    }

    /// Finds the frame header of a JPEG: the first marker SOF0 to SOF15 that is not DHT, JPG, or DAC (ISO 10918-1, B.1.1.3).
    private static func sizeOfJPEG(_ path: FilePath) throws(DataError) -> PixelSize {
        var position = 2
        for _ in 0..<markerLimit {
            // Fill bytes may precede a marker.
            let bytes = try path.readBytes(at: position, count: 9)
            guard bytes.count == 9, bytes[0] == 0xFF else { throw damaged(path, "JPEG") }
            let marker = bytes[1]
            switch marker {
            case 0xFF: position += 1
            // Markers without a segment: TEM, RST0 to RST7, SOI.
            case 0x01, 0xD0...0xD8: position += 2
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return try size(width: number(bytes[7..<9]), height: number(bytes[5..<7]), of: path)
            // The image data, or the end, before any size.
            case 0xD9, 0xDA, 0x00: throw damaged(path, "JPEG")
            default:
                let length = number(bytes[2..<4])
                guard length >= 2 else { throw damaged(path, "JPEG") }
                position += 2 + length
            }
        }
        throw damaged(path, "JPEG")
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func size(width: Int, height: Int, of path: FilePath) throws(DataError) -> PixelSize {
        guard let size = PixelSize(width: width, height: height) else {
            throw DataError(path, "has \(width)×\(height) px; expected 1 to \(PixelSize.maximumSide) px per side")
        }
        return size
    }

    private static func damaged(_ path: FilePath, _ format: String) -> DataError {
        DataError(path, "is a damaged \(format); expected its size at the start")
    }
}
