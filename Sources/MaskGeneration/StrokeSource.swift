public import MaskModel
public import PlaneGeometry

/// The strokes that masks are composed of, by category.
///
/// All categories have at least one stroke. The same source gives the same answers for ever.
public protocol StrokeSource: Sendable {
    /// Why a stroke cannot be had: `Never` for strokes in memory.
    associatedtype Failure: Error = Never

    /// How many categories there are; they are numbered from 0.
    var categoryCount: Int { get }
    /// How many strokes a category has, 1 or more; they are numbered from 0.
    func strokeCount(inCategory category: Int) -> Int
    /// The path of a stroke, in units of the drawing's box of 256 × 256, and where it came from.
    func stroke(
        _ stroke: Int, inCategory category: Int
    ) throws(Failure) -> (path: Polyline, origin: StrokeOrigin)
}

extension StrokeSource {
    /// The path of a stroke, in units of the drawing's box of 256 × 256.
    public func path(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> Polyline {
        try self.stroke(stroke, inCategory: category).path
    }

    /// Where a stroke came from.
    public func origin(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> StrokeOrigin {
        try self.stroke(stroke, inCategory: category).origin
    }
}
