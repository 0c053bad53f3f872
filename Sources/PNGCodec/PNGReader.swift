internal import CPNG
public import MaskModel
public import MaskRaster

/// Reads the PNGs of others as masks: any bit depth and color type, interlaced or not.
public struct PNGReader: Hashable, Sendable {
    /// The longest side that is accepted, in px; a longer one is refused before memory is asked for.
    public static let maximumSide = 32_767

    /// Which color is hole.
    public var holeColor: HoleColor
    /// The value from which a pixel is white, 1 to 255; nil to accept only black and white.
    ///
    /// Values of 16 bits are rounded to 0 to 255; only the lowest is black, and only the highest is white.
    public var threshold: UInt8?
    /// What is read of each pixel; nil for its brightness, if alpha cannot matter.
    ///
    /// Alpha cannot matter if all pixels are opaque, or if alpha shows the same mask as the image on black: white on
    /// transparent.
    public var channel: PNGChannel?

    /// A reader with these settings; by default of white holes, and black and white images only.
    public init(holeColor: HoleColor = .white, threshold: UInt8? = nil, channel: PNGChannel? = nil) {
        self.holeColor = holeColor
        self.threshold = threshold
        self.channel = channel
    }

    /// The mask that the image shows.
    ///
    /// - Throws: `PNGError` if the bytes are not a PNG, the image is too large (an interlaced one also above 1 GiB),
    ///   has values other than black and white and no threshold is set, has alpha that matters and no channel is set,
    ///   or has no alpha and the channel is alpha.
    /// - Complexity: O(pixels)
    public func raster(from bytes: [UInt8]) throws(PNGError) -> Bitmap {
        let outcome = unsafe bytes.withUnsafeBytes { unsafe decode($0) }
        return try outcome.get()
    }

    private func decode(_ bytes: UnsafeRawBufferPointer) -> Result<Bitmap, PNGError> {
        guard let reader = unsafe qdpng_reader_create(bytes.baseAddress, bytes.count) else {
            return .failure(.damaged("out of memory"))
        }
        defer { unsafe qdpng_reader_destroy(reader) }
        var header = qdpng_header()
        guard unsafe qdpng_read_header(reader, &header) != 0 else {
            return unsafe .failure(.damaged(message(of: reader)))
        }
        let (width, height) = (Int(header.width), Int(header.height))
        guard max(width, height) <= Self.maximumSide, let size = PixelSize(width: width, height: height) else {
            return .failure(.tooLarge(width: width, height: height))
        }
        if channel == .alpha, header.has_alpha == 0 { return .failure(.noAlpha) }
        var sink = RowSink(raster: Bitmap(size: size), threshold: threshold ?? 128, hole: holeColor)
        let isComplete = unsafe withUnsafeMutablePointer(to: &sink) { sink in
            unsafe qdpng_read_rows(reader, rowChannel, sink) { context, row, values in
                unsafe context?.assumingMemoryBound(to: RowSink.self).pointee.take(row: Int(row), values: values)
            }
        }
        guard isComplete != 0 else { return unsafe .failure(.damaged(message(of: reader))) }
        var pixel = qdpng_pixel()
        if unsafe qdpng_is_ambiguous(reader, &pixel) != 0 {
            return .failure(.ambiguousAlpha(x: Int(pixel.x), y: Int(pixel.y), alpha: pixel.alpha))
        }
        if threshold == nil, let gray = sink.firstGray { return .failure(gray) }
        return .success(sink.raster)
    }

    private var rowChannel: qdpng_channel {
        switch channel {
        case nil: QDPNG_ON_BLACK
        case .luminance: QDPNG_LUMINANCE
        case .red: QDPNG_RED
        case .alpha: QDPNG_ALPHA
        }
    }

    private func message(of reader: OpaquePointer) -> String {
        unsafe String(cString: qdpng_message(reader))
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
        let pixels = unsafe UnsafeBufferPointer(start: values, count: raster.size.width)
        if firstGray == nil, let x = unsafe Self.firstGray(of: pixels) {
            firstGray = unsafe .notBlackAndWhite(x: x, y: row, brightness: pixels[x])
        }
        unsafe raster.setRow(row, pixels: pixels.span, threshold: threshold)
        if hole == .black { raster.invertRow(row) }
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
