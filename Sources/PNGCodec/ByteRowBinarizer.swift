public import MaskModel
public import MaskRaster

/// Collects rows of brightness and makes bits of them, whatever format they come from.
public struct ByteRowBinarizer {
    private var bitmap: Bitmap
    private let threshold: UInt8?
    private let hole: HoleColor
    /// The first pixel that is neither black nor white.
    private var firstGray: PNGError?

    /// No rows yet of an image of this size.
    ///
    /// - Parameters:
    ///   - size: The size of the image.
    ///   - settings: The color of holes, and the threshold.
    public init(size: PixelSize, _ settings: PNGReader) {
        bitmap = Bitmap(size: size)
        threshold = settings.threshold
        hole = settings.holeColor
    }

    /// The mask, after all rows.
    ///
    /// - Throws: `PNGError.notBlackAndWhite` if there is no threshold, and a pixel was gray.
    public consuming func raster() throws(PNGError) -> Bitmap {
        if threshold == nil, let firstGray { throw firstGray }
        return bitmap
    }

    /// Adds a row of the image's width.
    public mutating func take(row: Int, values: UnsafePointer<UInt8>) {
        let pixels = unsafe UnsafeBufferPointer(start: values, count: bitmap.size.width)
        if firstGray == nil, let x = unsafe Self.firstGray(of: pixels) {
            firstGray = unsafe .notBlackAndWhite(x: x, y: row, brightness: pixels[x])
        }
        unsafe bitmap.setRow(row, pixels: pixels.span, threshold: threshold ?? 128)
        if hole == .black { bitmap.invertRow(row) }
    }

    /// The first pixel that is neither 0 nor 255.
    private static func firstGray(of pixels: UnsafeBufferPointer<UInt8>) -> Int? {
        var start = 0
        // Eight at a time: all bits of a byte are as the one below.
        while start + 8 <= pixels.count {
            let eight = unsafe UnsafeRawBufferPointer(pixels).loadUnaligned(fromByteOffset: start, as: UInt64.self)
            if (eight ^ eight << 1) & 0xFEFE_FEFE_FEFE_FEFE != 0 { break }
            start += 8
        }
        return unsafe pixels[start...].firstIndex { $0 != 0 && $0 != 255 }
    }
}
