import MaskModel
import MaskRaster
import PlaneGeometry

/// How a bitmap is turned, mirrored, and cropped to the hole before it is traced: such that what is traced is the same for
/// the turned, the mirrored, and the shifted bitmap.
///
/// So are the strokes, which are moved back: they turn with the image.
struct CanonicalOrientation {
    /// The bitmap to trace.
    let bitmap: Bitmap
    private let original: PixelSize
    private let window: PixelWindow
    private let orientation: Orientation

    /// The columns and rows without hole that remain on each side: the edge of the canvas has no effect on strokes that
    /// are so far from it.
    private static let margin = 32.0

    /// Chooses the orientation by the first moments of the hole, and by the pixels if it is symmetric to them.
    ///
    /// - Complexity: O(pixels)
    init(_ original: Bitmap) {
        let spans = SpanMask(original)
        self.original = original.size
        let window =
            spans.holeBounds.flatMap { PixelWindow($0.grown(by: Self.margin), within: original.size) }
            ?? PixelWindow(all: original.size)
        self.window = window
        let moments = spans.doubledMoments(in: window)
        func canonical(_ orientation: Orientation) -> (x: Int, y: Int) {
            let x = orientation.isMirrored ? -moments.x : moments.x
            let y = orientation.isFlipped ? -moments.y : moments.y
            return orientation.isTransposed ? (y, x) : (x, y)
        }
        var best: (orientation: Orientation, bitmap: Bitmap)?
        let highest = Orientation.all.map(canonical).max { $0 < $1 }
        for orientation in Orientation.all where highest.map({ $0 == canonical(orientation) }) ?? false {
            let bitmap = orientation.applied(to: spans, in: window)
            if let old = best?.bitmap, !bitmap.precedes(old) { continue }
            best = (orientation, bitmap)
        }
        (orientation, bitmap) = best ?? (Orientation.all[0], original)
    }

    /// The mask of strokes that were traced from `bitmap`, on the original canvas.
    func restored(_ strokes: [BrushStroke]) -> VectorMask {
        let origin = Vector(dx: Double(window.x), dy: Double(window.y))
        return VectorMask(
            canvas: original,
            strokes: strokes.map { stroke in
                let points = stroke.path.points.map {
                    (orientation.original(of: $0, in: window.size) + origin).roundedToHundredths
                }
                return BrushStroke(
                    rounded: Polyline(points), width: stroke.width, origin: nil, isFilled: stroke.isFilled,
                    startCap: stroke.startCap, endCap: stroke.endCap)
            })
    }
}

/// One of the eight ways to turn and mirror an image.
private struct Orientation {
    /// Whether left and right are exchanged.
    let isMirrored: Bool
    /// Whether top and bottom are exchanged.
    let isFlipped: Bool
    /// Whether columns and rows are exchanged, after that.
    let isTransposed: Bool

    static let all = (0..<8).map {
        Orientation(isMirrored: $0 & 1 > 0, isFlipped: $0 & 2 > 0, isTransposed: $0 & 4 > 0)
    }

    /// The pixels of a window, turned and mirrored.
    func applied(to spans: SpanMask, in window: PixelWindow) -> Bitmap {
        let (width, height) = (window.size.width, window.size.height)
        var result = Bitmap(size: isTransposed ? window.size.transposed : window.size)
        for y in 0..<height {
            let row = isFlipped ? height - 1 - y : y
            for span in spans.spans(ofRow: y + window.y) {
                var columns = Int(span.start) - window.x...Int(span.end) - 1 - window.x
                if isMirrored { columns = width - 1 - columns.upperBound...width - 1 - columns.lowerBound }
                guard isTransposed else {
                    result.fill(columns: columns, row: row)
                    continue
                }
                for column in columns { result.fill(columns: row...row, row: column) }
            }
        }
        return result
    }

    /// Where a point of the result is in an image of `size`.
    func original(of point: Point, in size: PixelSize) -> Point {
        let turned = isTransposed ? Point(x: point.y, y: point.x) : point
        return Point(
            x: isMirrored ? Double(size.width) - turned.x : turned.x,
            y: isFlipped ? Double(size.height) - turned.y : turned.y)
    }
}

extension PixelSize {
    fileprivate var transposed: PixelSize { PixelSize(width: height, height: width) ?? self }
}

extension SpanMask {
    /// The smallest rectangle around the hole; nil without hole.
    fileprivate var holeBounds: Rectangle? {
        var (left, right) = (Int32.max, Int32.min)
        var rows: (first: Int, last: Int)?
        for y in 0..<size.height {
            let spans = spans(ofRow: y)
            guard let first = spans.first, let last = spans.last else { continue }
            (left, right) = (min(left, first.start), max(right, last.end))
            rows = (rows?.first ?? y, y)
        }
        return rows.map {
            Rectangle(minX: Double(left), minY: Double($0.first), maxX: Double(right), maxY: Double($0.last + 1))
        }
    }

    /// The sums of twice the offsets of the hole pixels from the center of a window, which contains them all.
    fileprivate func doubledMoments(in window: PixelWindow) -> (x: Int, y: Int) {
        var (x, y) = (0, 0)
        for row in 0..<window.size.height {
            for span in spans(ofRow: row + window.y) {
                x += span.count * (Int(span.start) + Int(span.end) - 2 * window.x - window.size.width)
                y += span.count * (2 * row + 1 - window.size.height)
            }
        }
        return (x, y)
    }
}

extension Bitmap {
    /// An order of bitmaps: the wider ones first, then by their pixels.
    fileprivate func precedes(_ other: Bitmap) -> Bool {
        guard size == other.size else { return size.width > other.size.width }
        return words.lexicographicallyPrecedes(other.words)
    }
}
