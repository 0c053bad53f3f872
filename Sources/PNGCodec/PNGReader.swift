internal import CPNG
public import MaskModel
public import MaskRaster

/// Reads the PNGs of others as masks: any bit depth and color type, interlaced or not.
public struct PNGReader: Hashable, Sendable {
    /// The longest side that is accepted, in px; a longer one is refused before memory is asked for.
    public static let maximumSide = 32_767

    /// Which color is hole.
    public var holeColor: HoleColor
    /// The brightness from which a pixel counts as white, 1 to 255; nil demands an image in pure black and white.
    ///
    /// Brightness is the sum of red, green and blue by the weights of ITU-R BT.601, rounded to 0 to 255.
    public var threshold: UInt8?

    /// A reader with these settings; by default of white holes, and black and white images only.
    public init(holeColor: HoleColor = .white, threshold: UInt8? = nil) {
        self.holeColor = holeColor
        self.threshold = threshold
    }

    /// The mask that the image shows. Alpha is laid on black.
    ///
    /// - Throws: `PNGError` if the bytes are no PNG, the image is too large (an interlaced one also above 1 GiB), or
    ///   has other colors than black and white and no threshold is set.
    /// - Complexity: O(pixels)
    public func raster(from bytes: [UInt8]) throws(PNGError) -> Bitmap {
        let outcome = bytes.withUnsafeBytes { decode($0) }
        return try outcome.get()
    }

    private func decode(_ bytes: UnsafeRawBufferPointer) -> Result<Bitmap, PNGError> {
        guard let reader = qdpng_reader_create(bytes.baseAddress, bytes.count) else {
            return .failure(.damaged("out of memory"))
        }
        defer { qdpng_reader_destroy(reader) }
        var header = qdpng_header()
        guard qdpng_read_header(reader, &header) != 0 else { return .failure(.damaged(message(of: reader))) }
        let (width, height) = (Int(header.width), Int(header.height))
        guard max(width, height) <= Self.maximumSide, let size = PixelSize(width: width, height: height) else {
            return .failure(.tooLarge(width: width, height: height))
        }
        var sink = RowSink(raster: Bitmap(size: size), threshold: threshold ?? 128, hole: holeColor)
        let isComplete = withUnsafeMutablePointer(to: &sink) { sink in
            qdpng_read_rows(reader, sink) { context, row, values in
                context?.assumingMemoryBound(to: RowSink.self).pointee.take(row: Int(row), values: values)
            }
        }
        guard isComplete != 0 else { return .failure(.damaged(message(of: reader))) }
        if threshold == nil, let gray = sink.firstGray { return .failure(gray) }
        return .success(sink.raster)
    }

    private func message(of reader: OpaquePointer) -> String {
        String(cString: qdpng_message(reader))
    }
}

/// Why bytes are no mask.
public enum PNGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a PNG, or a broken one: libpng's words.
    case damaged(String)
    /// A side is longer than `PNGReader.maximumSide` px.
    case tooLarge(width: Int, height: Int)
    /// The first pixel, row by row from (0, 0), that is neither, where no threshold is set.
    case notBlackAndWhite(x: Int, y: Int, brightness: UInt8)

    /// One line: what was found and what was wanted.
    public var description: String {
        switch self {
        case .damaged(let message): "not a whole PNG: \(message)"
        case .tooLarge(let width, let height):
            "an image of \(width)×\(height) px; expected at most \(PNGReader.maximumSide) px a side"
        case .notBlackAndWhite(let x, let y, let brightness):
            "pixel (\(x), \(y)) has brightness \(brightness); expected 0 or 255 only, or a threshold"
        }
    }
}

/// Takes rows of brightness and makes bits of them.
private struct RowSink {
    var raster: Bitmap
    let threshold: UInt8
    let hole: HoleColor
    /// The first pixel that is neither black nor white.
    var firstGray: PNGError?

    mutating func take(row: Int, values: UnsafePointer<UInt8>) {
        let pixels = UnsafeBufferPointer(start: values, count: raster.size.width)
        if firstGray == nil, let x = Self.firstGray(of: pixels) {
            firstGray = .notBlackAndWhite(x: x, y: row, brightness: pixels[x])
        }
        raster.setRow(row, pixels: pixels.span, threshold: threshold)
        if hole == .black { raster.invertRow(row) }
    }

    /// The first pixel that is neither 0 nor 255.
    private static func firstGray(of pixels: UnsafeBufferPointer<UInt8>) -> Int? {
        var start = 0
        // Eight at a time: all bits of a byte are as the one below.
        while start + 8 <= pixels.count {
            let eight = UnsafeRawBufferPointer(pixels).loadUnaligned(fromByteOffset: start, as: UInt64.self)
            if (eight ^ eight << 1) & 0xFEFE_FEFE_FEFE_FEFE != 0 { break }
            start += 8
        }
        return pixels[start...].firstIndex { $0 != 0 && $0 != 255 }
    }
}
