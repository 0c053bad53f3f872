public import MaskModel

/// A mask with soft edges as an 8-bit grayscale image: 0 = no hole, 255 = hole; values between them are soft edges.
///
/// Pixel (0, 0) is at the top left.
public struct GrayImage: Hashable, Sendable {
    /// The size in pixels.
    public let size: PixelSize
    /// The levels of all rows, from top to bottom.
    public private(set) var levels: [UInt8]

    /// Creates an image without hole pixels.
    public init(size: PixelSize) {
        self.size = size
        levels = [UInt8](repeating: 0, count: size.area)
    }

    /// Creates an image from levels in row-major order; nil unless there is one for every pixel.
    public init?(size: PixelSize, levels: [UInt8]) {
        guard levels.count == size.area else { return nil }
        self.size = size
        self.levels = levels
    }

    /// The level of a pixel; 0 outside the image.
    public subscript(x: Int, y: Int) -> UInt8 {
        guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return 0 }
        return levels[y * size.width + x]
    }

    /// Becomes an empty band of an image; reuses its memory if it already has the size of the band.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or not within the image.
    /// - Complexity: O(pixels)
    mutating func reset(to rows: Range<Int>, of size: PixelSize) throws(RasterizerError) {
        let bandSize = try size.band(rows)
        guard self.size == bandSize else {
            self = GrayImage(size: bandSize)
            return
        }
        unsafe levels.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
    }

    /// Lends the levels to `body` for writing, in row-major order.
    mutating func withMutableLevels(_ body: (UnsafeMutablePointer<UInt8>) -> Void) {
        unsafe levels.withUnsafeMutableBufferPointer { levels in
            if let start = levels.baseAddress { unsafe body(start) }
        }
    }
}
