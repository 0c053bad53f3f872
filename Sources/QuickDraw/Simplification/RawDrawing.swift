package import StrokeBank

/// A drawing in Quick, Draw!'s raw form: in screen coordinates, before it was translated, scaled, and simplified.
///
/// The times of points are not kept.
package struct RawDrawing: Hashable, Sendable {
    /// The category that the player was asked to draw: `The Eiffel Tower`.
    package var word = ""
    /// The drawing's key, unique among all drawings.
    package var keyID: UInt64 = 0
    /// The country in which it was drawn.
    package var country = CountryCode.unknown
    /// When it was drawn, in whole seconds since 1970 in UTC; 0 if unknown.
    package var timestamp: UInt32 = 0
    /// Whether the game recognized the word; false if unknown.
    package var isRecognized = false
    /// The x of every point of every stroke, in px of the screen; may be negative.
    package private(set) var xs: [Double] = []
    /// The y of every point of every stroke, pointing down.
    package private(set) var ys: [Double] = []
    /// For each stroke, the end of its points.
    package private(set) var strokeEnds: [Int] = []

    /// The maximum magnitude of a coordinate: far larger than any screen, and far below the limits of precision.
    package static let coordinateLimit = 1e9

    /// A drawing without strokes.
    package init() {}

    /// The number of strokes; points after the last `endStroke` do not count.
    package var strokeCount: Int { strokeEnds.count }

    /// The range of stroke `index` in `xs` and `ys`.
    package func points(ofStroke index: Int) -> Range<Int> {
        (index > 0 ? strokeEnds[index - 1] : 0)..<strokeEnds[index]
    }

    /// Adds a point to the current stroke; x and y are within `coordinateLimit`.
    package mutating func append(x: Double, y: Double) {
        precondition(x.magnitude <= Self.coordinateLimit && y.magnitude <= Self.coordinateLimit)
        xs.append(x)
        ys.append(y)
    }

    /// Ends the current stroke, which consists of the points appended since the previous one.
    package mutating func endStroke() {
        strokeEnds.append(xs.count)
    }

    /// Removes all strokes and keeps the memory.
    package mutating func removeStrokes() {
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
        strokeEnds.removeAll(keepingCapacity: true)
    }

    /// Copies the strokes into `drawing` unchanged, if all coordinates are whole numbers that fit into its box: as they
    /// are, or else moved to the box's corner.
    ///
    /// - Returns: False, with `drawing` unchanged, if they do not fit.
    /// - Complexity: O(points)
    func copyIntoBox(of drawing: inout Drawing) -> Bool {
        guard let x = xs.boxOffset, let y = ys.boxOffset else { return false }
        drawing.reset(to: self)
        for stroke in 0..<strokeCount {
            for point in points(ofStroke: stroke) {
                drawing.append(x: UInt8(xs[point] - x), y: UInt8(ys[point] - y))
            }
            drawing.endStroke()
        }
        return true
    }
}

extension [Double] {
    /// What to subtract so that all numbers are from 0 to 255; nil if they are not whole, or span too much.
    fileprivate var boxOffset: Double? {
        guard let smallest = self.min(), let largest = self.max(), allSatisfy({ $0 == $0.rounded() }) else {
            return isEmpty ? 0 : nil
        }
        if smallest >= 0, largest <= 255 { return 0 }
        return largest - smallest <= 255 ? smallest : nil
    }
}
