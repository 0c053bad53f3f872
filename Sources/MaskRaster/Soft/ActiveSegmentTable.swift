import MaskModel
import PlaneGeometry

/// The segments of a mask that reach an image, by the bands of rows that they reach.
///
/// A rasterizer that draws an image band by band goes through all segments for each band; where a mask has many, it goes
/// through those of the band only.
struct ActiveSegmentTable {
    /// The number of segments of a mask from which finding those of a band saves time.
    static let segmentLimit = 512

    /// A segment of a stroke.
    struct Segment {
        let start: Point
        let end: Point
        /// Half the width of the stroke, in canvas px.
        let radius: Double
        /// Whether the segment starts where another one ends.
        let continues: Bool
        fileprivate let lastBand: Int
    }

    /// Ordered by the first band that they reach.
    private var segments: [Segment] = []
    /// For each band, the index of the first segment that starts in it; one more for the end.
    private var starts: [Int]
    /// The indices of the segments that reach the current band.
    private var current: [Int] = []

    /// Finds the segments that reach `rows`.
    ///
    /// - Parameters:
    ///   - mask: The mask.
    ///   - size: The size of the whole image, in px.
    ///   - rows: The rows of the image.
    ///   - height: The number of rows of a band; the last one may have fewer.
    ///   - margin: The distance from a stroke that it reaches, in canvas px.
    ///   - isHidden: Returns whether a segment need not be drawn.
    /// - Complexity: O(points)
    init(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, height: Int, margin: Double,
        isHidden: (Segment) -> Bool = { _ in false }
    ) {
        let bandCount = (rows.count + height - 1) / height
        let rowPitch = Double(mask.canvas.height) / Double(size.height)
        let width = Double(mask.canvas.width)
        let (first, last) = (Double(rows.lowerBound), Double(rows.upperBound - 1))
        var found: [(segment: Segment, firstBand: Int)] = []
        starts = [Int](repeating: 0, count: bandCount + 1)
        for stroke in mask.strokes {
            let points = stroke.outline.points
            let radius = stroke.width / 2
            let reach = radius + margin
            for index in 0..<max(points.count - 1, 1) {
                let (start, end) = (points[index], points[min(index + 1, points.count - 1)])
                guard max(start.x, end.x) + reach >= 0, min(start.x, end.x) - reach <= width else { continue }
                // A row more at both ends, for the rounding.
                let top = ((min(start.y, end.y) - reach) / rowPitch).rounded(.down) - 1
                let bottom = ((max(start.y, end.y) + reach) / rowPitch).rounded(.down) + 1
                guard top <= last, bottom >= first else { continue }
                let firstBand = Int(max(top, first) - first) / height
                let segment = Segment(
                    start: start, end: end, radius: radius, continues: index > 0,
                    lastBand: Int(min(bottom, last) - first) / height)
                guard !isHidden(segment) else { continue }
                found.append((segment, firstBand))
                starts[firstBand + 1] += 1
            }
        }
        for band in 0..<bandCount { starts[band + 1] += starts[band] }
        var places = starts
        var order = [Int](repeating: 0, count: found.count)
        for (index, item) in found.enumerated() {
            order[places[item.firstBand]] = index
            places[item.firstBand] += 1
        }
        segments = order.map { found[$0].segment }
    }

    /// Moves to a band, which must be the first or the one after the last; returns the number of its segments.
    mutating func begin(band: Int) -> Int {
        current.removeAll { segments[$0].lastBand < band }
        current.append(contentsOf: starts[band]..<starts[band + 1])
        return current.count
    }

    /// Calls `body` with the segments of the band until it returns false.
    func forEachSegment(_ body: (Segment) -> Bool) {
        for index in current where !body(segments[index]) { return }
    }
}

extension VectorMask {
    /// The number of segments; a stroke of one point has one.
    var segmentCount: Int { strokes.reduce(0) { $0 + max($1.path.points.count - ($1.isFilled ? 0 : 1), 1) } }
}
