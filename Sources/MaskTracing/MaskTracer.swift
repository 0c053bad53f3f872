public import MaskModel
public import MaskRaster
import PlaneGeometry

/// Turns a bitmap into a vector mask: brush strokes where they explain the hole, outlines where they do not.
///
/// The result is a function of the bitmap and the options: it uses only + − × ÷ √, in a fixed order. A turned or mirrored
/// bitmap has the same strokes, turned or mirrored; so has a shifted one whose hole is far enough from the edges.
public struct MaskTracer: Sendable {
    /// The maximum side of a bitmap, in px.
    public static let maximumSide = 16_384
    /// The maximum number of corners of the boundary of the hole: outlines of as many take about 0.6 GB, and some seconds.
    public static let maximumCornerCount = 4_194_304

    /// How masks are traced.
    public let options: TracingOptions

    /// Creates a tracer.
    public init(_ options: TracingOptions = TracingOptions()) {
        self.options = options
    }

    /// Returns a mask whose image at the size of `bitmap` is that bitmap, as closely as the options ask for.
    ///
    /// A mask that takes too much work becomes outlines, unless the options ask for strokes only; then it has the strokes
    /// that were found so far.
    /// - Throws: `TracingError` if the bitmap is too large, or has no shapes but noise.
    /// - Complexity: Bounded; typically O(hole pixels · strokes).
    public func trace(_ bitmap: Bitmap) throws(TracingError) -> VectorMask {
        let size = bitmap.size
        guard max(size.width, size.height) <= Self.maximumSide else { throw .tooLarge(size) }
        guard bitmap.holeCount > 0 else { return VectorMask(canvas: size, strokes: []) }
        let cornerCount = bitmap.cornerCount
        guard cornerCount <= Self.maximumCornerCount else { throw .tooManyCorners(cornerCount) }
        let canonical = CanonicalOrientation(bitmap)
        return canonical.restored(strokes(of: canonical.bitmap))
    }

    private func strokes(of bitmap: Bitmap) -> [BrushStroke] {
        if options.shapes == .polygons { return outlines(of: bitmap) }
        let traced = StrokeTracer(options: options).strokes(of: bitmap)
        guard options.shapes == .mixed else { return (traced ?? []).compactMap(\.brushStroke) }
        guard let traced else { return outlines(of: bitmap) }
        return StrokesOrOutlineChoice(bitmap, options).strokes(traced)
    }

    private func outlines(of bitmap: Bitmap) -> [BrushStroke] {
        let components = HoleComponents(bitmap)
        let tracer = OutlineTracer(bitmap, components)
        return components.areas.indices.compactMap {
            BrushStroke(traced: tracer.path(ofHole: $0), width: 0, isFilled: true)
        }
    }
}

extension FittedStroke {
    /// The stroke with rounded numbers; nil if they are out of range.
    var brushStroke: BrushStroke? {
        BrushStroke(
            traced: path, width: width, startCap: hasButtStart ? .butt : .round, endCap: hasButtEnd ? .butt : .round)
    }
}

extension BrushStroke {
    /// A stroke of a traced mask; nil for one that covers nothing of any canvas: without points, or with numbers so large
    /// that only a fit without a solution has them.
    init?(
        traced path: [Point], width: Double, isFilled: Bool = false, startCap: StrokeCap = .round,
        endCap: StrokeCap = .round
    ) {
        do {
            try self.init(
                path: Polyline(path), width: width, isFilled: isFilled, startCap: startCap, endCap: endCap)
        } catch {
            return nil
        }
    }
}
