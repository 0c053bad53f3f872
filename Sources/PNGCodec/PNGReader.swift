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
        var binarizer = ByteRowBinarizer(size: size, self)
        let isComplete = unsafe withUnsafeMutablePointer(to: &binarizer) { binarizer in
            unsafe qdpng_read_rows(reader, rowChannel, binarizer) { context, row, values in
                unsafe context?.assumingMemoryBound(to: ByteRowBinarizer.self).pointee.take(
                    row: Int(row), values: values)
            }
        }
        guard isComplete != 0 else { return unsafe .failure(.damaged(message(of: reader))) }
        var pixel = qdpng_pixel()
        if unsafe qdpng_is_ambiguous(reader, &pixel) != 0 {
            return .failure(.ambiguousAlpha(x: Int(pixel.x), y: Int(pixel.y), alpha: pixel.alpha))
        }
        do throws(PNGError) {
            return .success(try binarizer.raster())
        } catch {
            return .failure(error)
        }
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
