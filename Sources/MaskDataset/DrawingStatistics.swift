public import StrokeBank
import QuickDraw

/// What many drawings have in common: how many strokes and points, how long and how large strokes are.
public struct DrawingStatistics: Hashable, Sendable {
    /// How many drawings there are.
    public private(set) var drawingCount = 0
    /// Strokes of a drawing.
    public private(set) var strokesPerDrawing = Histogram()
    /// Points of a stroke.
    public private(set) var pointsPerStroke = Histogram()
    /// The lengths of strokes, in hundredths of a unit of the drawing's box of 256.
    public private(set) var strokeLengths = Histogram()
    /// The longer sides of the boxes around strokes, in units of the drawing's box.
    public private(set) var strokeExtents = Histogram()

    /// No drawings.
    public init() {}

    /// How many strokes all drawings have together.
    public var strokeCount: Int { pointsPerStroke.count }
    /// How many points all strokes have together.
    public var pointCount: Int { pointsPerStroke.sum }

    /// Adds a drawing; strokes that were left out do not count.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: borrowing Drawing) {
        drawingCount += 1
        strokesPerDrawing.add(drawing.strokeCount - drawing.leftOutCount)
        for stroke in 0..<drawing.strokeCount {
            let coordinates = drawing.strokeCoordinates(stroke)
            if coordinates.isEmpty { continue }
            let measure = StrokeMeasure(coordinates)
            pointsPerStroke.add(coordinates.count / 2)
            strokeLengths.add(Int((100 * measure.length).rounded()))
            strokeExtents.add(measure.extent)
        }
    }

    /// Adds all drawings of others.
    public static func += (first: inout DrawingStatistics, second: DrawingStatistics) {
        first.drawingCount += second.drawingCount
        first.strokesPerDrawing += second.strokesPerDrawing
        first.pointsPerStroke += second.pointsPerStroke
        first.strokeLengths += second.strokeLengths
        first.strokeExtents += second.strokeExtents
    }
}

/// The statistics of drawings by their words, and of all together.
struct WordStatistics: Sendable {
    private(set) var words: [String: DrawingStatistics] = [:]
    private(set) var all = DrawingStatistics()
    /// The word of the last drawings and their statistics, which have to be put to the rest.
    private var current = (word: "", statistics: DrawingStatistics())

    mutating func add(_ drawing: borrowing Drawing) {
        // Most drawings of a file have the word of the one before.
        if drawing.word != current.word {
            flush()
            current.word = drawing.word
        }
        current.statistics.add(drawing)
    }

    mutating func add(_ other: WordStatistics) {
        for (word, statistics) in other.words { words[word, default: DrawingStatistics()] += statistics }
        all += other.all
    }

    /// Puts the last drawings to the rest.
    mutating func flush() {
        guard current.statistics.drawingCount > 0 else { return }
        words[current.word, default: DrawingStatistics()] += current.statistics
        all += current.statistics
        current.statistics = DrawingStatistics()
    }
}
