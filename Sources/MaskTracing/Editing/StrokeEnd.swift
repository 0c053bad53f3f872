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
    let corners: [Point]
    /// Other corners that would do, the most likely first.
    var alternatives: [[Point]] = []

    init(first: Int, second: Int, cost: Double, corners: [Point], alternatives: [[Point]] = []) {
        self.first = first
        self.second = second
        self.cost = cost
        self.corners = corners
        self.alternatives = alternatives
    }

    /// A bridge between the same ends with other corners.
    init(_ bridge: StrokeBridge, corners: [Point]) {
        self.init(first: bridge.first, second: bridge.second, cost: bridge.cost, corners: corners)
    }
}
