public import MaskModel
public import PlaneGeometry

/// The strokes that masks are composed of, by category.
///
/// Every category has at least one stroke. The same source always returns the same strokes.
public protocol StrokeSource: Sendable {
    /// Why a stroke cannot be read: `Never` for strokes in memory.
    associatedtype Failure: Error = Never

    /// The number of categories; they are numbered from 0.
    var categoryCount: Int { get }
    /// The number of strokes of a category, at least 1; they are numbered from 0.
    func strokeCount(inCategory category: Int) -> Int
    /// Appends the points of a stroke, in units of the drawing's 256 × 256 box, and returns where it comes from.
    ///
    /// - Complexity: O(points of the stroke)
    func appendStroke(
        _ stroke: Int, inCategory category: Int, to points: inout [Point]
    ) throws(Failure) -> StrokeOrigin
}

extension StrokeSource {
    /// The path of a stroke, in units of the drawing's 256 × 256 box, and where it comes from.
    public func stroke(
        _ stroke: Int, inCategory category: Int
    ) throws(Failure) -> (path: Polyline, origin: StrokeOrigin) {
        var points: [Point] = []
        let origin = try appendStroke(stroke, inCategory: category, to: &points)
        return (Polyline(points), origin)
    }

    /// The path of a stroke, in units of the drawing's 256 × 256 box.
    public func path(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> Polyline {
        try self.stroke(stroke, inCategory: category).path
    }

    /// Where a stroke comes from.
    public func origin(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> StrokeOrigin {
        try self.stroke(stroke, inCategory: category).origin
    }
}
