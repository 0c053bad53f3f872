internal import CJPEG
import MaskModel
public import MaskRaster
public import PNGCodec

/// Reads the JPEGs of others as masks.
///
/// JPEG stores no mask exactly: around its edges, pixels are neither black nor white. Such an image needs a threshold.
public struct JPEGReader: Hashable, Sendable {
    /// The largest progressive image, in px: all of its coefficients, of 2 to 6 bytes a pixel, are held in memory.
    static let progressiveLimit = 1 << 28

    /// How pixels are read, as those of a PNG. JPEG has no alpha.
    public var settings: PNGReader

    /// A reader that reads pixels as that of PNGs does.
    public init(_ settings: PNGReader) {
        self.settings = settings
    }

    /// Whether bytes begin as a JPEG does.
    public static func isJPEG(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

    /// The mask that the image shows.
    ///
    /// - Throws: `JPEGError` if the bytes are not a JPEG, or a corrupt one, the image is too large, its colors are those
    ///   of print, or the channel is alpha; `PNGError.notBlackAndWhite` in `JPEGError.pixels` if a pixel is gray and no
    ///   threshold is set.
    /// - Complexity: O(pixels)
    public func raster(from bytes: [UInt8]) throws(JPEGError) -> Bitmap {
        let outcome = unsafe bytes.withUnsafeBytes { unsafe decode($0) }
        return try outcome.get()
    }

    private func decode(_ bytes: UnsafeRawBufferPointer) -> Result<Bitmap, JPEGError> {
        guard settings.channel != .alpha else { return .failure(.pixels(.noAlpha)) }
        guard let reader = unsafe qdjpeg_reader_create(bytes.baseAddress, bytes.count) else {
            return .failure(.damaged("out of memory"))
        }
        defer { unsafe qdjpeg_reader_destroy(reader) }
        var header = qdjpeg_header()
        guard unsafe qdjpeg_read_header(reader, &header) != 0 else {
            return unsafe .failure(.damaged(message(of: reader)))
        }
        guard header.has_inks == 0 else { return .failure(.inks) }
        let (width, height) = (Int(header.width), Int(header.height))
        guard max(width, height) <= PNGReader.maximumSide, let size = PixelSize(width: width, height: height),
            header.is_progressive == 0 || size.area <= Self.progressiveLimit
        else { return .failure(.pixels(.tooLarge(width: width, height: height))) }
        var binarizer = ByteRowBinarizer(size: size, settings)
        let isRed: Int32 = settings.channel == .red ? 1 : 0
        let isComplete = unsafe withUnsafeMutablePointer(to: &binarizer) { binarizer in
            unsafe qdjpeg_read_rows(reader, isRed, binarizer) { context, row, values in
                unsafe context?.assumingMemoryBound(to: ByteRowBinarizer.self).pointee.take(
                    row: Int(row), values: values)
            }
        }
        guard isComplete != 0 else { return unsafe .failure(.damaged(message(of: reader))) }
        do throws(PNGError) {
            return .success(try binarizer.raster())
        } catch {
            return .failure(.pixels(error))
        }
    }

    private func message(of reader: OpaquePointer) -> String {
        unsafe String(cString: qdjpeg_message(reader))
    }
}
