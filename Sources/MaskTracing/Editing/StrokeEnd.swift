import PlaneGeometry

/// An end of a stroke that may continue in another stroke.
struct StrokeEnd {
    let stroke: Int
    let isLast: Bool
    let point: Point
    /// The direction out of the stroke.
    let direction: Vector
    let radius: Double
    /// The length of the stroke, in px.
    let length: Double
    /// The length along which both sides are visible, in px.
    let support: Double

    /// The ends of all open strokes with at least two vertices.
    static func all(of strokes: [FittedStroke], supports: [StrokeModel.Support]) -> [StrokeEnd] {
        strokes.indices.filter { !strokes[$0].isClosed }.flatMap { index in
            let length = strokes[index].length
            return [false, true].map { isLast in
                StrokeEnd(
                    stroke: index, isLast: isLast, point: strokes[index].end(isLast),
                    direction: strokes[index].outwardDirection(atLast: isLast), radius: strokes[index].radius,
                    length: length, support: supports[index].both)
            }
        }
    }
}

/// A way to connect two ends.
struct StrokeBridge {
    let first: Int
    let second: Int
    /// How unlikely it is that one stroke continues in the other; 0 for the straight continuation of the same width.
    let cost: Double
    /// The corners between the ends, from the first end to the second.
    var corners: [Point]
    /// All corners that would do, in the order in which they were found; `corners` is one of them.
    let alternatives: [[Point]]
}
