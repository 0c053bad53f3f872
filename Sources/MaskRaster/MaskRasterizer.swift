public import MaskModel

/// What a mask can be drawn into, some rows at a time.
public protocol MaskPicture: Hashable, Sendable {
    /// How many pixels there are, across and down.
    var size: PixelSize { get }

    /// A picture without a hole.
    init(size: PixelSize)
}

extension Raster: MaskPicture {}
extension SoftRaster: MaskPicture {}

/// Something that turns a vector mask into a picture of any size.
public protocol PictureRasterizer<Picture>: ~Copyable {
    /// What it draws into.
    associatedtype Picture: MaskPicture

    /// Draws some rows of the picture of `mask` at `size`.
    ///
    /// The canvas fills the picture. Every row comes out the same, whichever rows are drawn with it.
    /// - Parameters:
    ///   - size: px of the whole picture.
    ///   - rows: which rows of it, at least one.
    ///   - raster: becomes those rows; its memory is used again if it has their size already.
    /// - Throws: `RasterizerFailure` if `rows` are not rows of the picture, or the library that draws fails.
    /// - Complexity: O(points + pixels of `rows` + area of the strokes within `rows`)
    mutating func rasterize(_ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Picture)
        throws(RasterizerFailure)
}

extension PictureRasterizer where Self: ~Copyable {
    /// The whole picture of `mask` at `size`.
    public mutating func raster(of mask: VectorMask, at size: PixelSize) throws(RasterizerFailure) -> Picture {
        var raster = Picture(size: .smallest)
        try rasterize(mask, at: size, rows: 0..<size.height, into: &raster)
        return raster
    }
}

/// A rasteriser that draws in black and white.
public protocol MaskRasterizer: PictureRasterizer, ~Copyable where Picture == Raster {
    /// Whether every picture is that of the exact rule, pixel by pixel; so one that is there need not be drawn again.
    static var followsExactRule: Bool { get }
}

extension Raster {
    /// Makes this the empty raster of some rows of a picture: what every rasteriser begins with.
    ///
    /// - Throws: `RasterizerFailure` if `rows` is empty or reaches beyond the picture.
    /// - Complexity: O(words)
    public mutating func reset(to rows: Range<Int>, of size: PixelSize) throws(RasterizerFailure) {
        let bandSize = try size.band(rows)
        if self.size == bandSize { clear() } else { self = Raster(size: bandSize) }
    }
}

extension PixelSize {
    /// The size of some rows of a picture of this size.
    ///
    /// - Throws: `RasterizerFailure` if `rows` is empty or reaches beyond the picture.
    func band(_ rows: Range<Int>) throws(RasterizerFailure) -> PixelSize {
        guard rows.lowerBound >= 0, rows.upperBound <= height, let size = PixelSize(width: width, height: rows.count)
        else { throw RasterizerFailure("rows \(rows) of a picture of \(self) px; wanted some of its rows") }
        return size
    }
}

extension MaskRasterizer where Self: ~Copyable {
    /// False: other ways of drawing differ in some pixels.
    public static var followsExactRule: Bool { false }

    /// How many pixels of the picture of `mask` at `size` are hole.
    ///
    /// - Parameter raster: memory to use, from one mask to the next; in the end it has the last band of the picture.
    public mutating func holeCount(
        of mask: VectorMask, at size: PixelSize, using raster: inout Raster
    ) throws(RasterizerFailure) -> Int {
        var count = 0
        for rows in PictureBands(of: size) {
            try rasterize(mask, at: size, rows: rows, into: &raster)
            count += raster.holeCount
        }
        return count
    }
}

/// Why a rasteriser could not draw, in its library's words where it has some.
public struct RasterizerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: what was done and what went wrong, or what was found and wanted.
    public let description: String

    /// A failure that reads as `description`.
    public init(_ description: String) {
        self.description = description
    }
}
