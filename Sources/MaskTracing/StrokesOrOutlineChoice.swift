import MaskModel
import MaskRaster
import PlaneGeometry

/// Chooses strokes or the outline for each connected hole.
struct StrokesOrOutlineChoice {
    private let bitmap: Bitmap
    private let options: TracingOptions
    /// The pixels next to the boundary.
    private let layers: [UInt64]

    init(_ bitmap: Bitmap, _ options: TracingOptions) {
        self.bitmap = bitmap
        self.options = options
        layers = bitmap.boundaryLayers(reaches: [1, 0])
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
        /// The pixels of the hole next to its boundary.
        var near = 0
        var vertexCount = 0

        /// The wrong pixels for each pixel next to the boundary.
        var noise: Double { Double(missing + extra) / Double(max(near, 1)) }
        var iou: Double { Double(covered) / Double(max(covered + missing + extra, 1)) }
        var tolerantIoU: Double { Double(covered) / Double(max(covered + far, 1)) }

        static func + (first: Fit, second: Fit) -> Fit {
            Fit(
                covered: first.covered + second.covered, missing: first.missing + second.missing,
                extra: first.extra + second.extra, far: first.far + second.far, near: first.near + second.near,
                vertexCount: first.vertexCount + second.vertexCount)
        }
    }

    /// What the strokes of a hole must reach, so that they are not replaced by its outline.
    private struct Requirement {
        var iou: Double
        var tolerantIoU = 0.0
        /// The noise with which the IoU does not matter: that of narrow strokes is low with any wrong pixel.
        var noise = 0.0
    }

    /// The strokes of those holes that they explain well, and the outlines of the others.
    func strokes(_ strokes: [FittedStroke]) -> [BrushStroke] {
        let components = HoleComponents(bitmap)
        let owners = strokes.map { owner(of: $0, components) }
        let tracer = OutlineTracer(bitmap, components)
        let paths = components.areas.indices.map { tracer.path(ofHole: $0) }
        var fits = fits(zip(strokes, owners).map { ($0, $1) }, components)
        let required = requirement(
            fits.reduce(Fit(), +), outlineVertexCount: paths.reduce(0) { $0 + $1.count }, sideCount: tracer.sideCount)
        var isOutlined = [Bool](repeating: false, count: components.areas.count)
        var kept = zip(strokes, owners).map { ($0, $1) }
        // A stroke may also cover what is in another hole than most of its pixels: without it, that may not be good anymore.
        for _ in 0..<Self.roundLimit {
            var hasChanged = false
            for label in components.areas.indices where !isOutlined[label] {
                let (path, fit) = (paths[label], fits[label])
                let isSimple = path.isRectilinear && path.count <= 2 * fit.vertexCount + 4
                // Nobody would edit strokes that are more complicated than the outline.
                let isGood =
                    fit.covered > 0 && fit.vertexCount <= 2 * path.count
                    && (fit.iou >= required.iou || fit.noise <= required.noise)
                    && fit.tolerantIoU >= required.tolerantIoU
                guard isSimple || !isGood else { continue }
                isOutlined[label] = true
                hasChanged = true
            }
            guard hasChanged else { break }
            kept = kept.filter { _, owner in owner.map { !isOutlined[$0] } ?? false }
            fits = self.fits(kept, components)
        }
        let outlines = components.areas.indices.filter { isOutlined[$0] }
            .compactMap { BrushStroke(traced: paths[$0], width: 0, isFilled: true) }
        return kept.compactMap(\.0.brushStroke) + outlines
    }

    /// The number of times that holes without good strokes are looked for.
    private static let roundLimit = 8

    /// What the strokes of each hole must reach, by how those of all holes explain the image.
    ///
    /// Strokes that are simpler than the outline, and explain all but pixels next to the boundary, are kept if these pixels
    /// are few, as of a drawing at this size, and if they are many, as of one that was scaled and binarized: then the
    /// outline would follow the noise. In between are lines that do not end and join as strokes do. The limits were found
    /// with masks of each kind at 256 and 512 px: own masks have less noise than 0.03, lines of whole pixels more than 0.04,
    /// and drawings that were scaled and binarized more than 0.15, and mostly 7.5 times as many vertices in the outline. The
    /// less strokes simplify, the fewer pixels away from the boundary may differ.
    private func requirement(_ all: Fit, outlineVertexCount: Int, sideCount: Int) -> Requirement {
        guard options.fidelity == .clean else { return Requirement(iou: 0.997) }
        let simplicity = Double(outlineVertexCount) / Double(max(all.vertexCount, 1))
        let noise = Double(all.missing + all.extra) / Double(max(sideCount, 1))
        if noise < 0.035, all.tolerantIoU > 0.99, simplicity > 3.5 {
            return Requirement(iou: 0.985, tolerantIoU: 0.995, noise: 0.08)
        }
        let isScaled = noise > 0.145 && all.iou < 0.978 && simplicity > max(7.5, 1.35 / noise)
        if isScaled, all.tolerantIoU > max(0.999, 1 - 0.000075 * simplicity) {
            return Requirement(iou: 0, tolerantIoU: 0.995)
        }
        return Requirement(iou: 0.995)
    }

    /// The hole in which most of a stroke's pixels are, or its first point if it covers none: such a stroke closes a slit
    /// that only a larger image shows. Nil if that is in no hole.
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
        if let most = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) { return most.key }
        let (x, y) = (Int(stroke.points[0].x), Int(stroke.points[0].y))
        guard (0..<bitmap.size.width).contains(x), (0..<bitmap.size.height).contains(y) else { return nil }
        return components.label(x: x, y: y)
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

    private func fits(_ strokes: [(FittedStroke, owner: Int?)], _ components: HoleComponents) -> [Fit] {
        var fits = [Fit](repeating: Fit(), count: components.areas.count)
        // The hole whose strokes cover a pixel outside.
        let width = bitmap.size.width
        var covering = [Int32](repeating: -1, count: bitmap.size.area)
        for (stroke, owner) in strokes {
            guard let owner, let (window, raster) = raster(of: stroke) else { continue }
            fits[owner].vertexCount += stroke.points.count
            for y in 0..<window.size.height {
                for span in raster.spans(ofRow: y) {
                    let start = (y + window.y) * width + window.x
                    for x in Int(span.start)..<Int(span.end) { covering[start + x] = Int32(owner) }
                }
            }
        }
        for y in 0..<bitmap.size.height {
            for x in 0..<width {
                let cover = covering[y * width + x]
                let label = components.label(x: x, y: y)
                guard cover >= 0 || label != nil else { continue }
                let isFar = layers[y * bitmap.wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 0
                if let label, !isFar { fits[label].near += 1 }
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
