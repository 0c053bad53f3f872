import MaskModel
import MaskRaster
import PlaneGeometry

/// Counts the pixels in which strokes differ from a mask.
struct MismatchCounter: ~Copyable {
    let mask: Bitmap
    /// The weight of a pixel in the first layer on either side of the boundary; others weigh 1.
    var edgeWeight: Double
    private let layers: [UInt64]
    private var rasterizer = ExactRasterizer()
    /// A measure of work that does not depend on the machine.
    private(set) var workDone = 0

    init(_ mask: Bitmap, edgeWeight: Double) {
        self.mask = mask
        self.edgeWeight = edgeWeight
        layers = mask.boundaryLayers(reaches: [1, 1])
    }

    /// The weights of pixels.
    var weights: PixelWeights {
        PixelWeights(layers: layers, wordsPerRow: mask.wordsPerRow, edgeWeight: edgeWeight)
    }

    /// The weight of a pixel.
    func weight(x: Int, y: Int) -> Double { weights[x: x, y: y] }

    /// The pixels of strokes on the canvas of the mask.
    mutating func raster(of strokes: [FittedStroke]) -> SpanMask {
        rasterizer.begin(canvas: mask.size, size: mask.size)
        for stroke in strokes { rasterizer.add(stroke) }
        return rasterizer.finish()
    }

    /// The weighted number of pixels that differ.
    mutating func mismatch(of strokes: [FittedStroke]) -> Double {
        let drawn = Bitmap(raster(of: strokes))
        var (edge, rest) = (0, 0)
        for index in mask.words.indices {
            let difference = mask.words[index] ^ drawn.words[index]
            guard difference != 0 else { continue }
            edge += (difference & layers[index]).nonzeroBitCount
            rest += (difference & ~layers[index]).nonzeroBitCount
        }
        return Double(edge) * edgeWeight + Double(rest)
    }

    /// The weighted number of pixels within `area` that differ.
    mutating func mismatch(of strokes: [FittedStroke], in area: Rectangle) -> Double {
        guard let window = PixelWindow(area, within: mask.size, alignment: 64) else { return 0 }
        let near = strokes.filter { $0.bounds(margin: 1).overlaps(area) }
        let drawn = Bitmap(raster(of: near, in: window))
        let (wordsPerRow, firstWord) = (drawn.wordsPerRow, window.x / 64)
        // The window starts and ends with a word, or with the canvas; columns outside the area do not count.
        let columns = max(Int(max(area.minX, 0)), 0)..<min(Int(area.maxX.rounded(.up)), mask.size.width)
        var (edge, rest) = (0, 0)
        for y in 0..<window.size.height {
            let row = (y + window.y) * mask.wordsPerRow + firstWord
            for word in 0..<wordsPerRow {
                var difference = mask.words[row + word] ^ drawn.words[y * wordsPerRow + word]
                guard difference != 0 else { continue }
                let start = 64 * (firstWord + word)
                if start < columns.lowerBound { difference &= UInt64.max << UInt64(columns.lowerBound - start) }
                if start + 64 > columns.upperBound {
                    difference &= UInt64.max >> UInt64(start + 64 - columns.upperBound)
                }
                edge += (difference & layers[row + word]).nonzeroBitCount
                rest += (difference & ~layers[row + word]).nonzeroBitCount
            }
        }
        return Double(edge) * edgeWeight + Double(rest)
    }

    /// The ratio of hole pixels among the pixels of a capsule that are on the canvas; 1 if there are none.
    mutating func holeRatio(from start: Point, to end: Point, radius: Double) -> Double {
        let capsule = FittedStroke(points: start == end ? [start] : [start, end], width: 2 * radius)
        guard let window = PixelWindow(capsule.bounds(margin: 1), within: mask.size) else { return 1 }
        let drawn = raster(of: [capsule], in: window)
        var (inside, all) = (0, 0)
        for y in 0..<window.size.height {
            for span in drawn.spans(ofRow: y) {
                all += span.count
                let (first, end) = (Int(span.start) + window.x, Int(span.end) + window.x)
                inside += mask.holeCount(from: first, to: end, row: y + window.y)
            }
        }
        return all == 0 ? 1 : Double(inside) / Double(all)
    }

    /// The pixels of strokes in a window of the canvas.
    mutating func raster(of strokes: [FittedStroke], in window: PixelWindow) -> SpanMask {
        rasterizer.begin(canvas: window.size, size: window.size)
        workDone += window.size.area / 4
        for stroke in strokes {
            var moved = stroke
            moved.points = stroke.points.map { Point(x: $0.x - Double(window.x), y: $0.y - Double(window.y)) }
            rasterizer.add(moved)
        }
        return rasterizer.finish()
    }
}

extension ExactRasterizer {
    /// Draws a stroke without rounding its numbers.
    mutating func add(_ stroke: FittedStroke) {
        guard stroke.hasButtStart || stroke.hasButtEnd, !stroke.isClosed else {
            return add(stroke.path.span, width: stroke.width)
        }
        add(
            BrushStroke(
                rounded: Polyline(stroke.points), width: stroke.width, origin: nil,
                startCap: stroke.hasButtStart ? .butt : .round, endCap: stroke.hasButtEnd ? .butt : .round))
    }
}

/// How much a wrong pixel counts, by its distance from the boundary.
struct PixelWeights {
    let layers: [UInt64]
    let wordsPerRow: Int
    let edgeWeight: Double

    subscript(x x: Int, y y: Int) -> Double {
        layers[y * wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1 ? edgeWeight : 1
    }
}

/// A rectangle of whole pixels of a canvas.
struct PixelWindow {
    let x: Int
    let y: Int
    let size: PixelSize

    /// All pixels.
    init(all canvas: PixelSize) {
        (x, y, size) = (0, 0, canvas)
    }

    /// The pixels that `area` touches; nil if it is outside the canvas.
    ///
    /// - Parameter alignment: The first and the last column are moved out to multiples of this, within the canvas.
    init?(_ area: Rectangle, within canvas: PixelSize, alignment: Int = 1) {
        let (left, top) = (max(area.minX, 0), max(area.minY, 0))
        let (right, bottom) = (min(area.maxX, Double(canvas.width)), min(area.maxY, Double(canvas.height)))
        guard left < right, top < bottom else { return nil }
        x = Int(left) / alignment * alignment
        y = Int(top)
        let end = (Int(right.rounded(.up)) + alignment - 1) / alignment * alignment
        guard let size = PixelSize(width: min(end, canvas.width) - x, height: Int(bottom.rounded(.up)) - y) else {
            return nil
        }
        self.size = size
    }
}

extension Bitmap {
    /// The number of hole pixels of the columns `first ..< end` of a row, which must be within the bitmap.
    func holeCount(from first: Int, to end: Int, row: Int) -> Int {
        guard first < end else { return 0 }
        let (start, last) = (first >> 6, (end - 1) >> 6)
        var count = 0
        for index in start...last {
            var word = words[row * wordsPerRow + index]
            if index == start { word &= UInt64.max << UInt64(first & 63) }
            if index == last { word &= UInt64.max >> UInt64(63 - (end - 1) & 63) }
            count += word.nonzeroBitCount
        }
        return count
    }
}
