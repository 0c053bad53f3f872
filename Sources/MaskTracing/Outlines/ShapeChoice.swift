import MaskModel
import MaskRaster
import PlaneGeometry

/// Chooses strokes or the outline for each connected hole.
struct ShapeChoice {
    private let bitmap: Bitmap
    private let options: TracingOptions

    init(_ bitmap: Bitmap, _ options: TracingOptions) {
        self.bitmap = bitmap
        self.options = options
    }

    /// How well strokes explain a hole.
    private struct Fit {
        /// Pixels of the hole that the strokes cover, and those that they do not.
        var covered = 0
        var missing = 0
        /// Pixels outside that the strokes cover.
        var extra = 0
        /// The differing pixels that are not next to the boundary.
        var far = 0
        var vertexCount = 0

        var iou: Double { Double(covered) / Double(max(covered + missing + extra, 1)) }
        var tolerantIoU: Double { Double(covered) / Double(max(covered + far, 1)) }
    }

    /// The mask with the strokes of those holes that they explain well, and the outlines of the others.
    func mask(of strokes: [FittedStroke]) -> VectorMask {
        let components = HoleComponents(bitmap)
        let owners = strokes.map { owner(of: $0, components) }
        let fits = fits(strokes, owners, components)
        let tracer = OutlineTracer(bitmap, components)
        let paths = components.areas.indices.map { tracer.path(ofHole: $0) }
        let isNoisy = isNoisy(fits, outlineVertexCount: paths.reduce(0) { $0 + $1.count })
        var isOutlined = [Bool](repeating: false, count: components.areas.count)
        var outlines: [BrushStroke] = []
        for label in components.areas.indices {
            let isSimple = paths[label].isRectilinear && paths[label].count <= 2 * fits[label].vertexCount + 4
            guard isSimple || !isGood(fits[label], outlineVertexCount: paths[label].count, isNoisy) else { continue }
            isOutlined[label] = true
            if let outline = BrushStroke(traced: paths[label], width: 0, isFilled: true) { outlines.append(outline) }
        }
        let kept = zip(strokes, owners).filter { _, owner in owner.map { !isOutlined[$0] } ?? false }
        return VectorMask(canvas: bitmap.size, strokes: kept.compactMap(\.0.brushStroke) + outlines)
    }

    /// Whether the boundary is noisy, as of images that were scaled and binarized: a few strokes explain all but the pixels
    /// next to the boundary, and the outline has many more vertices than they.
    private func isNoisy(_ fits: [Fit], outlineVertexCount: Int) -> Bool {
        guard options.fidelity == .clean else { return false }
        var all = Fit()
        for fit in fits {
            all.covered += fit.covered
            all.missing += fit.missing
            all.extra += fit.extra
            all.far += fit.far
            all.vertexCount += fit.vertexCount
        }
        return all.iou < 0.978 && all.tolerantIoU > 0.999 && outlineVertexCount > 7 * all.vertexCount
    }

    private func isGood(_ fit: Fit, outlineVertexCount: Int, _ isNoisy: Bool) -> Bool {
        // Nobody would edit strokes that are more complicated than the outline.
        guard fit.covered > 0, fit.vertexCount <= 2 * outlineVertexCount else { return false }
        if isNoisy { return fit.tolerantIoU >= 0.995 }
        return fit.iou >= (options.fidelity == .clean ? 0.995 : 0.997)
    }

    /// The hole in which most of a stroke's pixels are; nil if it covers none.
    private func owner(of stroke: FittedStroke, _ components: HoleComponents) -> Int? {
        guard let (window, raster) = raster(of: stroke) else { return nil }
        var counts: [Int: Int] = [:]
        for y in 0..<window.size.height {
            for span in raster.spans(ofRow: y) {
                for x in Int(span.start)..<Int(span.end) {
                    if let label = components.label(x: x + window.x, y: y + window.y) { counts[label, default: 0] += 1 }
                }
            }
        }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }

    private func raster(of stroke: FittedStroke) -> (PixelWindow, SpanMask)? {
        guard let brush = stroke.brushStroke,
            let window = PixelWindow(stroke.bounds(margin: 1), within: bitmap.size)
        else { return nil }
        let moved = brush.path.points.map { Point(x: $0.x - Double(window.x), y: $0.y - Double(window.y)) }
        var rasterizer = ExactRasterizer()
        rasterizer.begin(canvas: window.size, size: window.size)
        rasterizer.add(
            BrushStroke(
                rounded: Polyline(moved.map(\.roundedToHundredths)), width: brush.width, origin: nil,
                startCap: brush.startCap, endCap: brush.endCap))
        return (window, rasterizer.finish())
    }

    private func fits(_ strokes: [FittedStroke], _ owners: [Int?], _ components: HoleComponents) -> [Fit] {
        var fits = [Fit](repeating: Fit(), count: components.areas.count)
        // The hole whose strokes cover a pixel outside.
        let width = bitmap.size.width
        var covering = [Int32](repeating: -1, count: bitmap.size.area)
        for (stroke, owner) in zip(strokes, owners) {
            guard let owner, let (window, raster) = raster(of: stroke) else { continue }
            fits[owner].vertexCount += stroke.points.count
            for y in 0..<window.size.height {
                for span in raster.spans(ofRow: y) {
                    let start = (y + window.y) * width + window.x
                    for x in Int(span.start)..<Int(span.end) { covering[start + x] = Int32(owner) }
                }
            }
        }
        let layers = bitmap.boundaryLayers(reaches: [1, 0])
        for y in 0..<bitmap.size.height {
            for x in 0..<width {
                let cover = covering[y * width + x]
                let label = components.label(x: x, y: y)
                guard cover >= 0 || label != nil else { continue }
                let isFar = layers[y * bitmap.wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 0
                if let label, cover >= 0 {
                    fits[label].covered += 1
                } else if let label {
                    fits[label].missing += 1
                    if isFar { fits[label].far += 1 }
                } else {
                    fits[Int(cover)].extra += 1
                    if isFar { fits[Int(cover)].far += 1 }
                }
            }
        }
        return fits
    }
}

extension [Point] {
    /// Whether each edge of the closed path is horizontal or vertical.
    fileprivate var isRectilinear: Bool {
        indices.allSatisfy { index in
            let next = self[(index + 1) % count]
            return self[index].x == next.x || self[index].y == next.y
        }
    }
}
