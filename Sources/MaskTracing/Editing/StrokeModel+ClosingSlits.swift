import MaskModel
import MaskRaster
import PlaneGeometry

extension StrokeModel {
    /// The factor at which strokes must not show slits.
    private static var slitScale: Int { 4 }

    /// Closes hairline slits between strokes that touch: they show only if the mask is drawn at a larger size.
    ///
    /// A point at four times the size must be hole if its pixel is, with all eight neighbors. Points that are not are
    /// added to what the strokes are fitted to, if that costs next to no pixel; what that leaves is covered by short
    /// strokes.
    ///
    /// - Parameter coversRest: Whether what is left is covered.
    mutating func closeSlits(coversRest: Bool) {
        let core = SpanMask(eroded: meter.mask)
        let samples = fitter.nearSamples
        var points: [Point] = []
        for _ in 0..<3 where !isExhausted {
            let slits = slits(in: core)
            if slits.isEmpty { return }
            points += slits
            let (before, old) = (mismatch(), strokes)
            let isNear = strokes.map { stroke in
                let bounds = stroke.bounds(margin: 2)
                return slits.contains { point in
                    bounds.contains(point) && stroke.distance(to: point) < stroke.radius + 1.5
                }
            }
            fitter.nearSamples = samples.adding(points)
            fitter.fit(&strokes, where: { isNear[$0] }, margins: [0.08, 0.04], iterations: 5)
            fitter.nearSamples = samples
            guard mismatch() <= before + 1 else {
                strokes = old
                break
            }
        }
        guard coversRest else { return }
        for _ in 0..<3 {
            let slits = slits(in: core)
            if slits.isEmpty { return }
            coverSlits(slits)
        }
    }

    /// The points at four times the size that should be hole but are not.
    private mutating func slits(in core: SpanMask) -> [Point] {
        let scale = Self.slitScale
        guard let size = PixelSize(width: core.size.width * scale, height: core.size.height * scale) else { return [] }
        var points: [Point] = []
        var rasterizer = ExactRasterizer()
        rasterizer.begin(canvas: core.size, size: size)
        for stroke in strokes { rasterizer.add(stroke.rounded) }
        let drawn = rasterizer.finish()
        for row in 0..<size.height {
            var spans = drawn.spans(ofRow: row)[...]
            for span in core.spans(ofRow: row / scale) {
                var column = Int(span.start) * scale
                let end = Int(span.end) * scale
                while column < end {
                    while let next = spans.first, Int(next.end) <= column { spans.removeFirst() }
                    if let next = spans.first, Int(next.start) <= column {
                        column = Int(next.end)
                        continue
                    }
                    let stop = min(end, spans.first.map { Int($0.start) } ?? end)
                    for missing in column..<stop {
                        points.append(
                            Point(
                                x: (Double(missing) + 0.5) / Double(scale), y: (Double(row) + 0.5) / Double(scale)))
                    }
                    column = stop
                }
            }
        }
        return points
    }

    /// Adds a short stroke over each group of points.
    private mutating func coverSlits(_ slits: [Point]) {
        guard !slits.isEmpty else { return }
        let scale = Double(Self.slitScale)
        let wordsPerRow = (meter.mask.size.width * Self.slitScale + 63) / 64
        var words = [UInt64](repeating: 0, count: wordsPerRow * meter.mask.size.height * Self.slitScale)
        for point in slits {
            let (x, y) = (Int(point.x * scale), Int(point.y * scale))
            words[y * wordsPerRow + x >> 6] |= 1 << UInt64(x & 63)
        }
        for component in PixelComponents(words, wordsPerRow: wordsPerRow).components {
            let points = component.map { Point(x: (Double($0.x) + 0.5) / scale, y: (Double($0.y) + 0.5) / scale) }
            let (center, axis, _, _) = points.principalAxis
            let along = points.map { ($0 - center).dot(axis) }
            let across = points.map { ($0 - center).cross(axis).magnitude }
            let (low, high) = (along.min() ?? 0, along.max() ?? 0)
            strokes.append(
                FittedStroke(
                    points: low < high ? [center + axis * low, center + axis * high] : [center],
                    width: 2 * (across.max() ?? 0) + 0.6))
        }
    }
}

extension FittedStroke {
    /// The stroke with the numbers that a brush stroke has.
    fileprivate var rounded: FittedStroke {
        var result = self
        result.points = points.map(\.roundedToHundredths)
        result.width = width.roundedToHundredths
        return result
    }

    /// The distance from a point to the path, in px.
    func distance(to point: Point) -> Double {
        let path = path
        guard path.count > 1 else { return (point - path[0]).length }
        var square = Double.infinity
        for index in 1..<path.count {
            square = min(square, point.squaredDistance(toSegmentFrom: path[index - 1], to: path[index]))
        }
        return square.squareRoot()
    }
}

extension SpanMask {
    /// The pixels of a bitmap whose eight neighbors are hole too; pixels outside count as hole.
    init(eroded bitmap: Bitmap) {
        let complement = bitmap.complement
        let grown = complement.dilatedWords(reaches: [1, 1])
        var core = Bitmap(size: bitmap.size)
        for row in 0..<bitmap.size.height {
            let range = row * bitmap.wordsPerRow..<(row + 1) * bitmap.wordsPerRow
            core.setRow(row, words: range.map { bitmap.words[$0] & ~grown[$0] })
        }
        self.init(core)
    }
}
