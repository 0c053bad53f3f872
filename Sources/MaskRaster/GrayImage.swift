public import MaskModel

/// A grid of levels, one byte a pixel: 0 = no hole, 255 = hole, and what is between them is an edge.
///
/// Pixel (0, 0) is at the top left.
public struct GrayImage: Hashable, Sendable {
    /// How many pixels there are, across and down.
    public let size: PixelSize
    /// All rows, one after the other.
    public private(set) var levels: [UInt8]

    /// A raster without a hole.
    public init(size: PixelSize) {
        self.size = size
        levels = [UInt8](repeating: 0, count: size.area)
    }

    /// A raster of these levels, row by row; nil unless there are as many as pixels.
    public init?(size: PixelSize, levels: [UInt8]) {
        guard levels.count == size.area else { return nil }
        self.size = size
        self.levels = levels
    }

    /// The level of a pixel. Outside the raster it is 0.
    public subscript(x: Int, y: Int) -> UInt8 {
        guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return 0 }
        return levels[y * size.width + x]
    }

    /// Makes this the empty raster of some rows of an image, and uses its memory again if it has their size already.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or reaches beyond the image.
    /// - Complexity: O(pixels)
    mutating func reset(to rows: Range<Int>, of size: PixelSize) throws(RasterizerError) {
        let bandSize = try size.band(rows)
        guard self.size == bandSize else {
            self = GrayImage(size: bandSize)
            return
        }
        unsafe levels.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
    }

    /// Lends the levels to `body` for writing, row by row.
    mutating func withMutableLevels(_ body: (UnsafeMutablePointer<UInt8>) -> Void) {
        unsafe levels.withUnsafeMutableBufferPointer { levels in
            if let start = levels.baseAddress { unsafe body(start) }
        }
    }
}
