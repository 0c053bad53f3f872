import MaskModel
import MaskRaster
import PlaneGeometry

/// Traces a bitmap as strokes with round ends.
struct StrokeTracer {
    let options: TracingOptions
    /// The pixels by which a mask is extended beyond its edges.
    private static let margin = 32
    /// The number of branches up to which they are joined.
    private static let branchLimit = 800
    /// The number of distances after which strokes are no longer improved.
    private static let workLimit = 1_000_000_000

    private var isClean: Bool { options.fidelity == .clean }

    /// The strokes whose union is the hole; nil if the mask takes too much work.
    func strokes(of bitmap: Bitmap) -> [FittedStroke]? {
        let size = bitmap.size
        if bitmap.holeCount == size.area {
            let (width, height) = (Double(size.width), Double(size.height))
            return [
                FittedStroke(points: [Point(x: 0, y: height / 2), Point(x: width, y: height / 2)], width: 1.5 * height)
            ]
        }
        let mask = PaddedMask(bitmap, margin: Self.margin)
        let field = DistanceField(mask)
        guard let found = SkeletonBranchFinder.find(in: mask, field, pixelLimit: 200_000) else { return nil }
        let meter = MismatchCounter(bitmap, edgeWeight: isClean ? 0.15 : 1)
        var model = StrokeModel(
            initialStrokes(found.branches, bitmap.size), fitter: StrokeFitter(bitmap), meter: meter,
            distances: HoleDistances(field, margin: Self.margin, size: bitmap.size), tips: found.tips,
            workLimit: Self.workLimit)
        // What is so fragmented was not drawn by strokes.
        guard found.branches.count <= Self.branchLimit else {
            guard options.shapes == .strokes else { return nil }
            model.fitAll(margins: [0.7, 0.4, 0.2], iterations: 3)
            return model.strokes
        }
        if model.strokes.isEmpty {
            guard model.addMissing(minimumArea: 1) else { return [] }
        }
        model.fitAll(margins: [0.7, 0.4, 0.2], iterations: 4)
        model.measureExactness()
        for _ in 0..<2 where model.join(margins: [0.7, 0.4, 0.2]) {}
        simplify(&model)
        // Otherwise, parallel strokes explain the corners of flat ends.
        if options.caps != .round, model.isExact { model.strictly { $0.chooseCaps(gain: 2) } }
        improve(&model, area: bitmap.holeCount)
        for _ in 0..<3 where !model.isExhausted {
            guard model.divide() else { break }
            model.fitAll(margins: [0.4, 0.2, 0.1], iterations: 4)
            model.removeRedundant()
            model.join(margins: [0.4, 0.2, 0.1])
            let old = (model.strokes, model.mismatch())
            if model.splitSegments(density: 0.1) { model.fitChanged(margins: [0.4, 0.2, 0.1], iterations: 4) }
            simplify(&model)
            if model.mismatch() > old.1 { model.strokes = old.0 }
        }
        model.fitAll(margins: [0.15, 0.08, 0.04], iterations: 4)
        let slack = isClean ? 6.0 : 2
        model.strictly {
            $0.replaceStrokes(slack: slack)
            $0.joinOneByOne(slack: slack, allowsAnyTurn: isClean)
        }
        model.adoptWidths()
        model.join(margins: [0.4, 0.2, 0.1])
        if isClean, model.isExact { model.strictly { $0.joinLoops(slack: 4) } }
        model.removeVertices(tolerance: 0.6, slack: 0.7)
        model.fitAll(margins: [0.15, 0.08, 0.04], iterations: 4)
        model.removeRedundant(limit: isClean ? 18 : nil)
        // The last fit moved widths that hardly any pixel shows; so do the next ones.
        if isClean { model.adoptWidths() }
        model.cropToCanvas()
        if model.isAlmostExplained {
            model.strictly {
                if options.caps != .round { $0.chooseCaps(gain: 2) }
                $0.fitAll(margins: [0.04, 0.02, 0.01], iterations: 6)
                $0.correctDetails(allowed: 0.0002 * Double(bitmap.holeCount))
            }
        } else if options.caps != .round {
            model.chooseCaps(gain: isClean ? 1 : 2)
        }
        if isClean { model.adoptWidths() }
        model.closeSlits(coversRest: !isClean)
        return model.strokes
    }

    private func simplify(_ model: inout StrokeModel) {
        model.removeVertices(tolerance: isClean ? 0.45 : 0.3, slack: isClean ? 1 : 0.5)
    }

    /// Adds missing strokes and vertices as long as that helps.
    private func improve(_ model: inout StrokeModel, area: Int) {
        var best = model.mismatch()
        for round in 0..<5 where !model.isExhausted {
            let old = model.strokes
            let hasAdded = model.addMissing(minimumArea: round < 3 ? 8 : 5)
            let hasSplit = model.splitSegments(density: (isClean ? 0.12 : 0.08) * (round < 3 ? 1 : 0.67))
            guard hasAdded || hasSplit else { return }
            model.fitChanged(margins: [0.6, 0.4, 0.25, 0.12], iterations: 4)
            model.removeRedundant()
            model.join(margins: [0.4, 0.2, 0.1])
            simplify(&model)
            let mismatch = model.mismatch()
            if mismatch >= best {
                if mismatch >= best + 3 || model.strokes.count > old.count { model.strokes = old }
                return
            }
            let gain = best - mismatch
            best = mismatch
            if best <= 3 || gain < 0.0004 * Double(area) && round >= 2 { return }
        }
    }

    private func initialStrokes(_ branches: [SkeletonBranch], _ size: PixelSize) -> [FittedStroke] {
        branches.map { branch in
            var stroke = FittedStroke(
                points: branch.simplifiedPoints(tolerance: 0.8), width: max(branch.width, 1),
                isClosed: branch.isClosed)
            if stroke.points.count < 3 { stroke.isClosed = false }
            guard !stroke.isClosed, stroke.points.count > 1 else { return stroke }
            if branch.ends.start == .border { stroke.points.insert(stroke.exit(atLast: false, of: size), at: 0) }
            if branch.ends.end == .border { stroke.points.append(stroke.exit(atLast: true, of: size)) }
            return stroke
        }
    }
}

extension FittedStroke {
    /// The point in the direction of an end where the whole stroke is beyond the edge of the canvas.
    fileprivate func exit(atLast isLast: Bool, of size: PixelSize) -> Point {
        let direction = outwardDirection(atLast: isLast)
        let start = end(isLast)
        var distance = 0.0
        while distance < 6 * width {
            let point = start + direction * distance
            if point.x < 0 || point.y < 0 || point.x >= Double(size.width) || point.y >= Double(size.height) { break }
            distance += 1
        }
        return start + direction * (distance + 0.6 * width)
    }
}
