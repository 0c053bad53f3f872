public import MaskModel

/// A rasterizer with a feathered edge outside the hole: the hole is 255, and outside the level falls linearly with the
/// exact distance from the hole.
///
/// For a pixel center, let d be its distance from the hole in canvas px: the minimum over the strokes of the distance to
/// the path minus half the width. The level is
/// - 255 where the pixel is hole by the exact rule,
/// - 254 − ⌊254 · d / distance⌋ elsewhere, and 0 from `distance` on.
///
/// So a level is 255 if and only if the pixel is hole, 0 if and only if it is farther than `distance`, and within 1 of
/// 255 · (1 − d / distance) between them.
///
/// The edge is outside only. Inside, levels below 255 would let pixels through that the hole must replace. Also, d is the
/// distance to the boundary outside the hole, but not inside where strokes overlap.
public struct FeatherRasterizer: ImageRasterizer, ~Copyable {
    /// The approximate number of pixels whose distances are in memory, so that they stay in the cache of a core.
    private static let areaLimit = 1 << 13
    /// The number of rows that are drawn at once if the mask has many segments.
    private static let denseBandHeight = 32

    /// The level next to the hole: no distance raises a pixel further.
    static let highestLevel: UInt8 = 254

    /// The level of a pixel that is not hole.
    ///
    /// - Parameters:
    ///   - squaredDistance: The squared distance of its center from a path, in canvas px².
    ///   - radius: Half the width of the stroke along the path, in canvas px.
    ///   - steps: The number of levels per canvas px: `highestLevel` / the width of the edge.
    @inline(__always)
    static func level(squaredDistance: Double, radius: Double, steps: Double) -> UInt8 {
        highestLevel &- UInt8(min(max((squaredDistance.squareRoot() - radius) * steps, 0), Double(highestLevel)))
    }

    private let distance: Double
    private var exact = ExactRasterizer()
    private var hole = SpanMask(size: .smallest)
    private var distances = PathDistances()

    /// Creates a rasterizer of edges of the width `feather`; it allocates memory with the first mask and reuses it.
    public init(_ feather: FeatherDistance) {
        distance = feather.distance
    }

    /// Draws a band of an image; see `ImageRasterizer`.
    ///
    /// - Complexity: O(points + pixels of `rows` + area of the segments, wider by `distance` on both sides, within `rows`)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) throws(RasterizerError) {
        let mask = mask.withoutFlatEnds
        try exact.rasterize(mask, at: size, rows: rows, into: &hole)
        try raster.reset(to: rows, of: size)
        if mask.segmentCount > ActiveSegmentTable.segmentLimit {
            raster.raise(hole)
            rasterizeDense(mask, at: size, rows: rows, into: &raster)
            return
        }
        let bandHeight = max(Self.areaLimit / size.width, 1)
        unsafe raster.withMutableLevels { levels in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: bandHeight) {
                let band = start..<min(start + bandHeight, rows.upperBound)
                let bandLevels = unsafe levels + (start - rows.lowerBound) * size.width
                distances.begin(band, of: size, canvas: mask.canvas)
                for stroke in mask.strokes {
                    let radius = stroke.width / 2
                    distances.measure(stroke.outline, within: radius + distance)
                    unsafe distances.raise(bandLevels, radius: radius, reach: distance)
                }
            }
        }
        raster.raise(hole)
    }

    /// Draws the edges of a mask of many segments around its hole.
    ///
    /// - Complexity: O(points + segments that reach each band + blocks within their reach + pixels that they raise)
    private func rasterizeDense(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) {
        let height = Self.denseBandHeight
        var bands = ActiveSegmentTable(mask, at: size, rows: rows, height: height, margin: distance)
        unsafe raster.withMutableLevels { levels in
            for (band, start) in stride(from: rows.lowerBound, to: rows.upperBound, by: height).enumerated() {
                let bandLevels = unsafe levels + (start - rows.lowerBound) * size.width
                guard bands.begin(band: band) > 0 else { continue }
                var blocks = unsafe FeatherBlocks(
                    start..<min(start + height, rows.upperBound), of: size, canvas: mask.canvas, distance: distance,
                    levels: bandLevels)
                bands.forEachSegment { segment in
                    unsafe blocks.raise(bandLevels, to: segment)
                    return !blocks.isFull
                }
            }
        }
    }
}

extension GrayImage {
    /// Sets the hole pixels of `hole`, a span mask of the same size, to 255.
    fileprivate mutating func raise(_ hole: SpanMask) {
        let width = size.width
        unsafe withMutableLevels { levels in
            for row in 0..<hole.size.height {
                for span in hole.spans(ofRow: row) {
                    unsafe (levels + row * width + Int(span.start)).update(repeating: 255, count: span.count)
                }
            }
        }
    }
}
