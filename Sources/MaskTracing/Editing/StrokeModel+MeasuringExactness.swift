import PlaneGeometry

extension StrokeModel {
    /// Finds out whether the image is exact, by the strokes that were fitted first: along the best of their length, hardly
    /// any pixel is wrong.
    mutating func measureExactness() {
        isExact = true
        let faults = strictly { $0.faults() }
        var densities: [(density: Double, length: Double)] = []
        for (index, stroke) in strokes.enumerated() where stroke.points.count > 1 {
            for segment in 0..<stroke.segmentCount {
                let (first, second) = stroke.vertices(ofSegment: segment)
                let length = (stroke.points[second] - stroke.points[first]).length
                if length > 12 { densities.append((faults.segments[index][segment].weight / length, length)) }
            }
        }
        densities.sort { $0 < $1 }
        let length = densities.reduce(0) { $0 + $1.length }
        /// The density below which a share of the length is.
        func density(atShare share: Double) -> Double {
            var rest = share * length
            for segment in densities {
                rest -= segment.length
                if rest <= 0 { return segment.density }
            }
            return 0
        }
        noise = density(atShare: 0.5)
        // Where strokes overlap, the first fit is wrong; the best third tells. A few segments tell nothing, and where more
        // than almost every pixel is wrong, it is not noise. Of 67 masks like QD-IMD's, the lowest density was 0.21.
        let best = density(atShare: 0.3)
        isExact = best < 0.18 || best > 0.9 || length < 250
    }

    /// Whether the strokes explain an exact image but for a few pixels.
    var isAlmostExplained: Bool {
        mutating get {
            isExact && strictly { $0.mismatch() } < 0.05 * Double(fitter.nearSamples.points.count)
        }
    }

    /// The weighted number of wrong samples that the noise of the image alone makes along a stroke.
    func expectedFaults(of stroke: FittedStroke) -> Double {
        isExact ? 0 : noise * meter.edgeWeight * stroke.length
    }

    /// Lets every wrong pixel of an exact image count while `body` runs.
    mutating func strictly<Result>(_ body: (inout StrokeModel) -> Result) -> Result {
        let weight = meter.edgeWeight
        if isExact { meter.edgeWeight = 1 }
        defer { meter.edgeWeight = weight }
        return body(&self)
    }

    /// How far the boundary of the mask shows a stroke.
    struct Support {
        /// The lengths along which its sides are visible, in px, seen in the direction of its path.
        var left = 0.0
        var right = 0.0
        /// The length along which its width is known.
        var both: Double { min(left, right) }
    }

    /// How far the boundary of the mask shows each stroke.
    mutating func supports() -> [Support] {
        let (assignment, owners) = fitter.assignment(of: strokes, isNear: true)
        let (segments, _) = StrokeFitter.segments(of: strokes)
        var supports = [Support](repeating: Support(), count: strokes.count)
        assignment.forEachResidual(margin: 1, clip: 2) { sample in
            let segment = segments[sample.segment]
            let side = segment.step.cross(sample.point - segment.start)
            // The layers on both sides of the boundary have a sample each.
            if side < 0 { supports[Int(owners[sample.segment])].left += 0.5 }
            if side > 0 { supports[Int(owners[sample.segment])].right += 0.5 }
        }
        return supports
    }
}
