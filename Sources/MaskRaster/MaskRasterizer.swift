public import MaskModel

/// What a mask can be drawn into, some rows at a time.
public protocol MaskImage: Hashable, Sendable {
    /// How many pixels there are, across and down.
    var size: PixelSize { get }

    /// An image without a hole.
    init(size: PixelSize)
}

extension SpanMask: MaskImage {}
extension GrayImage: MaskImage {}

/// Something that turns a vector mask into an image of any size.
public protocol ImageRasterizer<Image>: ~Copyable {
    /// What it draws into.
    associatedtype Image: MaskImage

    /// Draws some rows of the image of `mask` at `size`.
    ///
    /// The canvas fills the image. Every row comes out the same, whichever rows are drawn with it.
    /// - Parameters:
    ///   - size: px of the whole image.
    ///   - rows: which rows of it, at least one.
    ///   - raster: becomes those rows; its memory is used again if it has their size already.
    /// - Throws: `RasterizerError` if `rows` are not rows of the image, or the library that draws fails.
    /// - Complexity: O(points + pixels of `rows` + area of the strokes within `rows`)
    mutating func rasterize(_ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Image)
        throws(RasterizerError)
}

extension ImageRasterizer where Self: ~Copyable {
    /// The whole image of `mask` at `size`.
    public mutating func raster(of mask: VectorMask, at size: PixelSize) throws(RasterizerError) -> Image {
        var raster = Image(size: .smallest)
        try rasterize(mask, at: size, rows: 0..<size.height, into: &raster)
        return raster
    }
}

/// A rasterizer that draws in black and white.
public protocol MaskRasterizer: ImageRasterizer, ~Copyable where Image == SpanMask {
    /// Whether every image is that of the exact rule, pixel by pixel; so one that is there need not be drawn again.
    static var followsExactRule: Bool { get }
}

extension Bitmap {
    /// Makes this the empty raster of some rows of an image: what every rasterizer begins with.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or reaches beyond the image.
    /// - Complexity: O(words)
    public mutating func reset(to rows: Range<Int>, of size: PixelSize) throws(RasterizerError) {
        let bandSize = try size.band(rows)
        if self.size == bandSize { clear() } else { self = Bitmap(size: bandSize) }
    }
}

extension PixelSize {
    /// The size of some rows of an image of this size.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or reaches beyond the image.
    func band(_ rows: Range<Int>) throws(RasterizerError) -> PixelSize {
        guard rows.lowerBound >= 0, rows.upperBound <= height, let size = PixelSize(width: width, height: rows.count)
        else { throw RasterizerError("rows \(rows) of an image of \(self) px; expected some of its rows") }
        return size
    }
}

extension MaskRasterizer where Self: ~Copyable {
    /// False: other ways of drawing differ in some pixels.
    public static var followsExactRule: Bool { false }

    /// How many pixels of the image of `mask` at `size` are hole.
    ///
    /// - Parameter raster: memory to use, from one mask to the next; in the end it has the last band of the image.
    public mutating func holeCount(
        of mask: VectorMask, at size: PixelSize, using raster: inout SpanMask
    ) throws(RasterizerError) -> Int {
        var count = 0
        for rows in ImageBands(of: size) {
            try rasterize(mask, at: size, rows: rows, into: &raster)
            count += raster.holeCount
        }
        return count
    }
}

/// Why a rasterizer could not draw, in its library's words where it has some.
public struct RasterizerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: what was done and what went wrong, or what was found and wanted.
    public let description: String

    /// A failure that reads as `description`.
    public init(_ description: String) {
        self.description = description
    }
}
