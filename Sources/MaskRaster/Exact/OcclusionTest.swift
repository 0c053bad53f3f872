package import MaskModel
package import PlaneGeometry

/// Finds segments that a rasterizer need not draw, because other strokes already cover all their pixels.
///
/// It suits any rasterizer whose errors at the boundary of a stroke are at most a margin: it paints the core of the hole,
/// the strokes reduced by the margin, and a segment is occluded if the core covers it with the margin added. Where many
/// wide strokes overlap, most segments are occluded.
///
/// Its memory accesses are not checked: every raster has the size of the band.
package struct OcclusionTest: Sendable {
    private let grid: SampleGrid
    private let rows: Range<Int>
    private let margin: Double

    /// Creates a test for a band of an image.
    ///
    /// - Parameters:
    ///   - canvas: The canvas of the masks.
    ///   - size: The size of the whole image, in px.
    ///   - rows: The rows of the band.
    ///   - margin: The maximum error of the rasterizer, in canvas px; at least 0.
    package init(canvas: PixelSize, size: PixelSize, rows: Range<Int>, margin: Double) {
        grid = SampleGrid(canvas: canvas, size: size)
        self.rows = rows
        self.margin = margin
    }

    /// Paints the core of the hole: the pixels whose centers are inside a stroke by more than the margin.
    ///
    /// - Parameters:
    ///   - strokes: The strokes of the mask.
    ///   - raster: The band to paint into.
    /// - Complexity: As that of `ExactRasterizer`.
    package func paint(_ strokes: [BrushStroke], into raster: inout Bitmap) {
        raster.paint { painter in
            for stroke in strokes where stroke.width / 2 > margin {
                stroke.path.points.span.forEachCapsule(radius: stroke.width / 2 - margin, on: grid) {
                    $0.paint(rows, &painter)
                }
            }
        }
    }

    /// Returns whether all pixels of the band that a segment can set are already hole.
    ///
    /// - Parameters:
    ///   - start: One end of the segment, in canvas px.
    ///   - end: The other end, in canvas px.
    ///   - radius: Half the width of the stroke, in canvas px.
    ///   - raster: The band with the painted core.
    /// - Complexity: O(rows that the segment crosses)
    package func isSegmentOccluded(from start: Point, to end: Point, radius: Double, in raster: Bitmap) -> Bool {
        let reach = radius + margin
        // Most visible segments are visible beside their midpoint, so two pixels settle most cases.
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

    /// Returns whether the pixel that contains a point is hole; true outside the band.
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
    /// Returns whether all spans that `body` passes to the probe are hole.
    @inline(__always)
    fileprivate func withProbe(_ body: (inout SpanProbe) -> Void) -> Bool {
        unsafe words.withUnsafeBufferPointer { words in
            var probe = unsafe SpanProbe(words: words, wordsPerRow: wordsPerRow)
            body(&probe)
            return probe.isHole
        }
    }
}

/// Checks whether spans are hole, in memory lent by `withProbe`.
@safe private struct SpanProbe: SpanPainter {
    let words: UnsafeBufferPointer<UInt64>
    let wordsPerRow: Int
    private(set) var isHole = true
    var isFinished: Bool { !isHole }

    init(words: UnsafeBufferPointer<UInt64>, wordsPerRow: Int) {
        unsafe self.words = words
        self.wordsPerRow = wordsPerRow
    }

    @inline(__always)
    mutating func fill(from first: Int, to last: Int, row: Int) {
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
        if missing != 0 { isHole = false }
    }
}
