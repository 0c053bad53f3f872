public import FileAccess
public import MaskModel
import MaskRaster
import PNGCodec
public import SystemPackage

/// The pixels that a comparison leaves out: rectangles, and the white pixels of an image.
public struct IgnoredPixels: Hashable, Sendable {
    /// A rectangle in px of the compared images; it can reach over their edges.
    public struct Area: Hashable, Sendable {
        /// The distance of its left side from that of the image, at least 0.
        public let x: Int
        /// The distance of its upper side from that of the image, at least 0.
        public let y: Int
        /// Its size.
        public let size: PixelSize

        /// Creates a rectangle; nil if `x` or `y` is negative or above `PixelSize.maximumSide`.
        public init?(x: Int, y: Int, size: PixelSize) {
            guard (0...PixelSize.maximumSide).contains(x), (0...PixelSize.maximumSide).contains(y) else { return nil }
            (self.x, self.y, self.size) = (x, y, size)
        }
    }

    /// The rectangles.
    public var areas: [Area] = []
    /// The path of the image; nil for none.
    public private(set) var maskPath: FilePath?
    private var mask: Bitmap?

    /// No pixels.
    public init() {}

    /// Whether nothing is left out.
    public var isEmpty: Bool { areas.isEmpty && mask == nil }

    /// Reads the image whose white pixels are left out.
    ///
    /// - Throws: `DataError` if the file cannot be read as a PNG of black and white.
    public mutating func readMask(_ path: FilePath) throws(DataError) {
        let bytes = try path.readFile()
        mask = try path.locating { try PNGReader().raster(from: bytes) }
        maskPath = path
    }

    /// The pixels in an image of `size`.
    ///
    /// - Throws: `DataError` if the image of ignored pixels has another size.
    func bitmap(_ size: PixelSize) throws(DataError) -> Bitmap {
        if let mask, let maskPath, mask.size != size {
            throw DataError(maskPath, "has \(mask.size) px, but the masks have \(size) px; expected the same size")
        }
        var bitmap = mask ?? Bitmap(size: size)
        for area in areas {
            let rows = min(area.y, size.height)..<min(area.y + area.size.height, size.height)
            let end = min(area.x + area.size.width, size.width)
            guard area.x < end else { continue }
            for row in rows { bitmap.fill(columns: area.x...end - 1, row: row) }
        }
        return bitmap
    }
}
