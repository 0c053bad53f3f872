import MaskModel
import MaskRaster

extension StrokeModel {
    /// Removes strokes that explain almost no pixel on their own, those with the fewest hole pixels first.
    ///
    /// - Parameter limit: The largest weighted number of pixels that such a stroke explains; nil for the usual one.
    mutating func removeRedundant(limit: Double? = nil) {
        let limit = limit ?? (meter.edgeWeight < 1 ? 4 : 3)
        let size = meter.mask.size
        var counts = [UInt16](repeating: 0, count: size.area)
        var rasters: [(window: PixelWindow, raster: SpanMask)?] = []
        var holes: [Int] = []
        func forEachPixel(_ index: Int, _ body: (_ x: Int, _ y: Int) -> Void) {
            guard let (window, raster) = rasters[index] else { return }
            for y in 0..<window.size.height {
                for span in raster.spans(ofRow: y) {
                    for x in Int(span.start)..<Int(span.end) { body(x + window.x, y + window.y) }
                }
            }
        }
        for (index, stroke) in strokes.enumerated() {
            let window = PixelWindow(stroke.bounds(margin: 1), within: size)
            rasters.append(window.map { ($0, meter.raster(of: [stroke], in: $0)) })
            var hole = 0
            forEachPixel(index) { x, y in
                counts[y * size.width + x] &+= 1
                if meter.mask.words[y * meter.mask.wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1 { hole += 1 }
            }
            holes.append(hole)
        }
        var isKept = [Bool](repeating: true, count: strokes.count)
        // Slivers are no strokes that somebody drew.
        let minimumWidth = meter.edgeWeight < 1 ? 0.3 * strokes.typicalWidth : 0
        for index in strokes.indices.sorted(by: { (holes[$0], $0) < (holes[$1], $1) }) {
            var gain = 0.0
            var isAlone = true
            forEachPixel(index) { x, y in
                guard counts[y * size.width + x] == 1 else {
                    isAlone = false
                    return
                }
                let isHole = meter.mask.words[y * meter.mask.wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1
                gain += isHole ? meter.weight(x: x, y: y) : -meter.weight(x: x, y: y)
            }
            guard gain <= limit || strokes[index].width < minimumWidth && gain <= 30 else { continue }
            // The only stroke of a small hole.
            if isAlone, holes[index] > 0, gain > 0 { continue }
            isKept[index] = false
            forEachPixel(index) { x, y in counts[y * size.width + x] &-= 1 }
        }
        strokes = strokes.indices.filter { isKept[$0] }.map { strokes[$0] }
    }
}

extension [FittedStroke] {
    /// The median width, weighted by length; 0 without strokes.
    fileprivate var typicalWidth: Double {
        let sorted = sorted { ($0.width, $0.points.count) < ($1.width, $1.points.count) }
        let lengths = sorted.map { $0.length + $0.width }
        var rest = lengths.reduce(0, +) / 2
        for (stroke, length) in zip(sorted, lengths) {
            rest -= length
            if rest <= 0 { return stroke.width }
        }
        return 0
    }
}
