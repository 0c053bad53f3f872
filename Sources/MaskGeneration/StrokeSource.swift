public import MaskModel
public import PlaneGeometry

/// A source of the strokes that masks are composed of, by category.
///
/// Every category has at least one stroke. A source always returns the same strokes.
public protocol StrokeSource: Sendable {
    /// The error if a stroke cannot be read; `Never` for strokes in memory.
    associatedtype Failure: Error = Never

    /// The number of categories; they are numbered from 0.
    var categoryCount: Int { get }
    /// Returns the number of strokes of a category, at least 1; they are numbered from 0.
    func strokeCount(inCategory category: Int) -> Int
    /// Appends the points of a stroke, in units of the 256×256 box of its drawing, and returns its origin.
    ///
    /// - Throws: `Failure` if the stroke cannot be read.
    /// - Complexity: O(points of the stroke)
    func appendStroke(
        _ stroke: Int, inCategory category: Int, to points: inout [Point]
    ) throws(Failure) -> StrokeOrigin
}

extension StrokeSource {
    /// Returns the path of a stroke, in units of the 256×256 box of its drawing, and its origin.
    ///
    /// - Throws: `Failure` if the stroke cannot be read.
    public func stroke(
        _ stroke: Int, inCategory category: Int
    ) throws(Failure) -> (path: Polyline, origin: StrokeOrigin) {
        var points: [Point] = []
        let origin = try appendStroke(stroke, inCategory: category, to: &points)
        return (Polyline(points), origin)
    }

    /// Returns the path of a stroke, in units of the 256×256 box of its drawing.
    ///
    /// - Throws: `Failure` if the stroke cannot be read.
    public func path(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> Polyline {
        try self.stroke(stroke, inCategory: category).path
    }

    /// Returns the origin of a stroke.
    ///
    /// - Throws: `Failure` if the stroke cannot be read.
    public func origin(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> StrokeOrigin {
        try self.stroke(stroke, inCategory: category).origin
    }
}
