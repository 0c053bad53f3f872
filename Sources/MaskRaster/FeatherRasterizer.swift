public import MaskModel

/// A soft edge around the hole, by exact distances: all of the hole is 255, and outside the level falls in a straight line.
///
/// For a pixel center let d be the least, over the strokes, of its distance to the path less half the width, in px of the
/// canvas: how far outside the hole it is. The level is
/// - 255 where the pixel is hole by the exact rule,
/// - 254 − ⌊254 · d / distance⌋ elsewhere, and 0 from `distance` on.
///
/// So 255 says hole and nothing else does, 0 says farther than `distance` and nothing else does, and between them every
/// level is within 1 of 255 · (1 − d / distance).
///
/// The edge goes outwards only. Inside, a level below 255 would let through what the hole is to replace; and there d
/// is not the distance to the boundary where strokes overlap, while outside it is.
public struct FeatherRasterizer: ImageRasterizer, ~Copyable {
    /// About how many pixels have their distances in memory: they stay in a core's cache.
    private static let areaLimit = 1 << 13

    private let distance: Double
    private var exact = ExactRasterizer()
    private var hole = SpanMask(size: .smallest)
    private var distances = PathDistances()

    /// A rasterizer of edges that reach as far as `feather` says; it takes its memory with the first mask.
    public init(_ feather: Feather) {
        distance = feather.distance
    }

    /// Draws rows of an image; see `ImageRasterizer`.
    ///
    /// - Complexity: O(points + pixels of `rows` + area of the segments, wider by `distance` on both sides, within `rows`)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) throws(RasterizerError) {
        try exact.rasterize(mask, at: size, rows: rows, into: &hole)
        try raster.reset(to: rows, of: size)
        let stripHeight = max(Self.areaLimit / size.width, 1)
        unsafe raster.withMutableLevels { levels in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: stripHeight) {
                let strip = start..<min(start + stripHeight, rows.upperBound)
                let stripLevels = unsafe levels + (start - rows.lowerBound) * size.width
                distances.begin(strip, of: size, canvas: mask.canvas)
                for stroke in mask.strokes {
                    let radius = stroke.width / 2
                    distances.measure(stroke.path, within: radius + distance)
                    unsafe distances.raise(stripLevels, radius: radius, reach: distance)
                }
            }
        }
        raster.raise(hole)
    }
}

extension GrayImage {
    /// Sets the pixels to 255 that are hole in `hole`, a raster of the same size.
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
