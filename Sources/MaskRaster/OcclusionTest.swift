public import MaskModel
public import PlaneGeometry

/// The inside of a mask's hole: what is hole by every rasterizer that errs by no more than a margin at its boundary.
///
/// Such a rasterizer need not draw a segment whose pixels are inside already, its margin included. Where many wide
/// strokes overlap, these are most.
public struct OcclusionTest: Sendable {
    private let grid: SampleGrid
    private let rows: Range<Int>
    private let margin: Double

    /// The inside in some rows of the image of masks of `canvas` at `size`.
    ///
    /// - Parameter margin: px of the canvas, 0 or more.
    public init(canvas: PixelSize, size: PixelSize, rows: Range<Int>, margin: Double) {
        grid = SampleGrid(canvas: canvas, size: size)
        self.rows = rows
        self.margin = margin
    }

    /// Makes hole the pixels whose centers lie by the margin deeper than at the edge of one of the strokes.
    ///
    /// - Parameter raster: the rows, of the image's width.
    /// - Complexity: as that of `ExactRasterizer`
    public func paint(_ strokes: [BrushStroke], into raster: inout Bitmap) {
        raster.paint { painter in
            for stroke in strokes where stroke.width / 2 > margin {
                stroke.path.points.span.forEachCapsule(radius: stroke.width / 2 - margin, on: grid) { $0.paint(rows, &painter) }
            }
        }
    }

    /// Whether `raster` has all pixels, of the rows, that a segment can make hole.
    ///
    /// - Parameter radius: px of the canvas.
    /// - Complexity: O(rows that the segment meets)
    public func holdsSegment(from start: Point, to end: Point, radius: Double, in raster: Bitmap) -> Bool {
        let reach = radius + margin
        // Most segments that are not inside show it beside their middle; where that is wrong, one is drawn in vain.
        let step = end - start
        let length = step.length
        if length > 0 {
            let side = Vector(dx: -step.dy, dy: step.dx) * (reach / length)
            let middle = start + step * 0.5
            guard isHole(at: middle + side, in: raster), isHole(at: middle + side * -1, in: raster) else {
                return false
            }
        }
        let capsule = Capsule(from: start, to: end, radius: reach, continues: false, on: grid)
        return raster.withProbe { capsule.paint(rows, &$0) }
    }

    /// Whether the pixel is hole that a point lies in, or the point lies in no pixel of the rows.
    private func isHole(at point: Point, in raster: Bitmap) -> Bool {
        let column = grid.column(ofX: point.x).rounded()
        let row = grid.row(ofY: point.y).rounded() - Double(rows.lowerBound)
        guard column >= 0, row >= 0, column < Double(raster.size.width), row < Double(raster.size.height) else {
            return true
        }
        return raster[Int(column), Int(row)]
    }
}

extension Bitmap {
    /// Whether all runs are hole that `body` hands to the probe.
    @inline(__always)
    fileprivate func withProbe(_ body: (inout RunProbe) -> Void) -> Bool {
        unsafe words.withUnsafeBufferPointer { words in
            var probe = unsafe RunProbe(words: words, wordsPerRow: wordsPerRow)
            body(&probe)
            return probe.isHole
        }
    }
}

/// Looks whether runs are hole, in memory that `withProbe` lends.
@safe private struct RunProbe: SpanPainter {
    let words: UnsafeBufferPointer<UInt64>
    let wordsPerRow: Int
    private(set) var isHole = true

    init(words: UnsafeBufferPointer<UInt64>, wordsPerRow: Int) {
        unsafe self.words = words
        self.wordsPerRow = wordsPerRow
    }

    @inline(__always)
    mutating func fill(from first: Int, to last: Int, row: Int) {
        guard isHole else { return }
        var word = row &* wordsPerRow &+ first &>> 6
        let lastWord = row &* wordsPerRow &+ last &>> 6
        var expected = UInt64.max &<< UInt64(truncatingIfNeeded: first & 63)
        var missing: UInt64 = 0
        while word < lastWord {
            missing |= unsafe expected & ~words[word]
            expected = .max
            word &+= 1
        }
        missing |= unsafe expected & (UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- last & 63)) & ~words[word]
        isHole = missing == 0
    }
}
