/// Recognizes images that cannot be read as masks, so that an error can name their format.
enum UnsupportedImageFormat {
    /// The name of the format that bytes begin as; nil if it is none of these.
    static func name(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: "RIFF".utf8), bytes.count >= 12, bytes[8..<12].elementsEqual("WEBP".utf8) {
            return "WebP"
        }
        if bytes.count >= 12, bytes[4..<8].elementsEqual("ftyp".utf8) {
            return bytes[8..<12].elementsEqual("avif".utf8) ? "AVIF" : "HEIF"
        }
        return signatures.first { bytes.starts(with: $0.bytes) }?.name
    }

    private static let signatures: [(bytes: [UInt8], name: String)] = [
        (Array("GIF8".utf8), "GIF"), (Array("BM".utf8), "BMP"), ([0x49, 0x49, 0x2A, 0], "TIFF"),
        ([0x4D, 0x4D, 0, 0x2A], "TIFF"), ([0x49, 0x49, 0x2B, 0], "TIFF"), ([0x4D, 0x4D, 0, 0x2B], "TIFF"),
        (Array("8BPS".utf8), "Photoshop"), ([0x76, 0x2F, 0x31, 0x01], "OpenEXR"), (Array("qoif".utf8), "QOI"),
        ([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], "JPEG 2000"), ([0xFF, 0x0A], "JPEG XL"),
        ([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "JPEG XL"), (Array("P1\n".utf8), "PBM"), (Array("P4\n".utf8), "PBM"),
        (Array("P2\n".utf8), "PGM"), (Array("P5\n".utf8), "PGM"), (Array("P6\n".utf8), "PPM"),
        (Array("%PDF-".utf8), "PDF"), (Array("<svg".utf8), "SVG"), (Array("<?xml".utf8), "XML"),
        (Array("<!DOCTYPE".utf8), "HTML, as of an error page,"),
        (pointer, "a pointer of Git LFS"),
    ]

    /// How the text begins that Git LFS leaves in place of a file that was not downloaded.
    static let pointer = Array("version https://git-lfs".utf8)
}

/// An image in a format that is not read.
struct ForeignImageError: Error, CustomStringConvertible {
    /// The name of the format.
    let format: String

    var description: String { "\(format) is not read as a mask; expected PNG or JPEG" }
}
