import QuickDraw
public import StrokeBank

/// Statistics of drawings: their strokes and points, and the lengths and extents of strokes.
public struct DrawingStatistics: Hashable, Sendable {
    /// The number of drawings.
    public private(set) var drawingCount = 0
    /// Strokes per drawing.
    public private(set) var strokesPerDrawing = Histogram()
    /// Points per stroke.
    public private(set) var pointsPerStroke = Histogram()
    /// The lengths of strokes, in hundredths of a unit of the drawing's box of 256.
    public private(set) var strokeLengths = Histogram()
    /// The longer sides of the bounding boxes of strokes, in units of the drawing's box.
    public private(set) var strokeExtents = Histogram()

    /// The number of drawings that can be from the Quick, Draw! Dataset, apart from their words.
    private(set) var quickDrawCount = 0

    /// Statistics without drawings.
    public init() {}

    /// The number of strokes in all drawings.
    public var strokeCount: Int { pointsPerStroke.count }
    /// The number of points in all strokes.
    public var pointCount: Int { pointsPerStroke.sum }

    /// Adds a drawing, without the strokes that a filter excluded.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: borrowing Drawing) {
        drawingCount += 1
        if drawing.isFromQuickDraw { quickDrawCount += 1 }
        strokesPerDrawing.add(drawing.strokeCount - drawing.emptyStrokeCount)
        for stroke in 0..<drawing.strokeCount {
            let coordinates = drawing.strokeCoordinates(stroke)
            if coordinates.isEmpty { continue }
            let measure = StrokeMeasure(coordinates)
            pointsPerStroke.add(coordinates.count / 2)
            strokeLengths.add(Int((100 * measure.length).rounded()))
            strokeExtents.add(measure.extent)
        }
    }

    /// Adds all drawings of `second`.
    public static func += (first: inout DrawingStatistics, second: DrawingStatistics) {
        first.drawingCount += second.drawingCount
        first.quickDrawCount += second.quickDrawCount
        first.strokesPerDrawing += second.strokesPerDrawing
        first.pointsPerStroke += second.pointsPerStroke
        first.strokeLengths += second.strokeLengths
        first.strokeExtents += second.strokeExtents
    }
}
