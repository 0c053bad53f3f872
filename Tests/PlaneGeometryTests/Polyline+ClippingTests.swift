import PlaneGeometry
import Testing

/// Clipping to a frame of 10×10 px at the origin: cases with obvious results.
struct PolylineClippingTests {
    private let square = Rectangle(width: 10, height: 10)

    private func path(_ coordinates: (Double, Double)...) -> Polyline {
        Polyline(coordinates.map { Point(x: $0.0, y: $0.1) })
    }

    @Test func `a path inside is unchanged`() {
        let whole = path((1, 1), (9, 2), (9, 2), (10, 10))
        #expect(whole.clipped(to: square) == [whole])
    }

    @Test func `a path outside has no pieces`() {
        let pieces = path((-5, -5), (-5, 20), (20, 20)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `an empty path has no pieces`() {
        let pieces = path().clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a dot inside is kept`() {
        let dot = path((5, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot on an edge is kept`() {
        let dot = path((10, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot outside is removed`() {
        let pieces = path((10.01, 5)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a dot of two equal points is kept inside`() {
        let dot = path((5, 5), (5, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot of two equal points is removed outside`() {
        let pieces = path((15, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a segment across the frame ends on both edges`() {
        let pieces = path((-5, 4), (15, 4)).clipped(to: square)
        #expect(pieces == [path((0, 4), (10, 4))])
    }

    @Test func `a slanted segment ends where it crosses the edges`() {
        let pieces = path((-2, 3), (6, 11)).clipped(to: square)
        #expect(pieces == [path((0, 5), (5, 10))])
    }

    @Test func `a path that leaves and returns becomes pieces in path order`() {
        let pieces = path((2, 2), (20, 2), (20, 8), (2, 8)).clipped(to: square)
        #expect(pieces == [path((2, 2), (10, 2)), path((10, 8), (2, 8))])
    }

    @Test func `a path that leaves and enters within single segments becomes pieces`() {
        let pieces = path((-5, 2), (15, 2), (15, 6), (-5, 6)).clipped(to: square)
        #expect(pieces == [path((0, 2), (10, 2)), path((10, 6), (0, 6))])
    }

    @Test func `a segment along an edge is kept`() {
        let pieces = path((-5, 10), (15, 10)).clipped(to: square)
        #expect(pieces == [path((0, 10), (10, 10))])
    }

    @Test func `a segment beside an edge is removed`() {
        let pieces = path((-5, 10.01), (15, 10.01)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a segment that touches a corner has no pieces`() {
        let pieces = path((-4, 4), (4, -4)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a vertex that touches an edge from outside has no pieces`() {
        let pieces = path((15, 2), (10, 5), (15, 8)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `an end of a path that touches an edge from outside has no pieces`() {
        let ending = path((15, 2), (10, 5)).clipped(to: square)
        let beginning = path((10, 5), (15, 2)).clipped(to: square)
        #expect(ending == [])
        #expect(beginning == [])
    }

    @Test func `a path that leaves from a point on an edge keeps the part before it`() {
        let pieces = path((5, 5), (10, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [path((5, 5), (10, 5))])
    }

    @Test func `a path that touches an edge from inside is not cut`() {
        let pieces = path((5, 2), (10, 5), (5, 8), (-5, 8)).clipped(to: square)
        #expect(pieces == [path((5, 2), (10, 5), (5, 8), (0, 8))])
    }

    @Test func `a repeated point before the path leaves is kept`() {
        let pieces = path((5, 5), (5, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [path((5, 5), (5, 5), (10, 5))])
    }
}

/// Properties of clipping for random paths.
struct PolylineClippingLaws {
    @Test(arguments: 0..<50)
    func `every piece is inside the frame`(seed: Int) {
        let pieces = randomPath(seed: seed).clipped(to: frame) + randomGridPath(seed: seed).clipped(to: frame)
        #expect(!pieces.isEmpty)
        for point in pieces.flatMap(\.points) {
            #expect(frame.distance(to: point) <= 1e-9)
        }
    }

    @Test(arguments: 0..<50)
    func `points inside keep their exact coordinates and their order, without duplicates`(seed: Int) {
        // Points farther from the edges than the rounding error are points of the path, not of a cut.
        let inside = frame.grown(by: -1e-6)
        for path in [randomPath(seed: seed), randomGridPath(seed: seed)] {
            let kept = path.clipped(to: frame).flatMap(\.points).filter(inside.contains)
            #expect(kept == path.points.filter(inside.contains))
        }
    }

    @Test(arguments: 0..<50)
    func `a point of a cut is on an edge and on the path`(seed: Int) {
        let path = randomPath(seed: seed)
        let made = path.clipped(to: frame).flatMap(\.points).filter { !path.points.contains($0) }
        #expect(!made.isEmpty)
        for point in made {
            let fromEdges = [point.x - frame.minX, frame.maxX - point.x, point.y - frame.minY, frame.maxY - point.y]
            #expect(fromEdges.contains { $0.magnitude <= 1e-9 })
            #expect(path.distance(to: point) <= 1e-9)
        }
    }

    @Test(arguments: 0..<50)
    func `the length of the pieces is that of the samples of the path inside the frame`(seed: Int) {
        let path = randomPath(seed: seed)
        let length = path.clipped(to: frame).reduce(0) { $0 + $1.length }
        let samples = path.samples(perSegment: 1000)
        let estimate = samples.filter { frame.contains($0.point) }.reduce(0) { $0 + $1.spacing }
        // A convex frame cuts a segment at most twice, and each cut has an uncertainty of half a spacing.
        #expect((length - estimate).magnitude <= path.length / 1000)
    }

    @Test(arguments: 0..<50)
    func `no piece has length 0`(seed: Int) {
        for piece in randomGridPath(seed: seed).clipped(to: frame) {
            #expect(piece.length > 0)
        }
    }

    @Test(arguments: 0..<50, [0.005, 2.5, 11.25])
    func `clipping to a canvas expanded by a radius keeps everything within that radius`(seed: Int, radius: Double) {
        let path = randomPath(seed: seed)
        let pieces = path.clipped(to: frame.grown(by: radius))
        let near = path.samples(perSegment: 200).map(\.point).filter { frame.distance(to: $0) <= radius }
        let lost = near.filter { sample in pieces.allSatisfy { $0.distance(to: sample) > 1e-9 } }
        #expect(!near.isEmpty)
        #expect(lost == [])
    }

    @Test(arguments: 0..<50)
    func `the reversed path has the same pieces`(seed: Int) {
        let path = randomPath(seed: seed)
        let out = path.clipped(to: frame)
        let back = Polyline(path.points.reversed()).clipped(to: frame)
        #expect(back.map(\.points.count) == out.reversed().map(\.points.count))
        for (piece, mirrored) in zip(out, back.reversed()) {
            for (point, other) in zip(piece.points, mirrored.points.reversed()) {
                #expect((point - other).length <= 1e-9)
            }
        }
    }
}
