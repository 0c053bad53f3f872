import PlaneGeometry
import Testing

/// Clipping to a frame of 10 × 10 px from the origin: cases whose outcome can be read off.
struct PolylineClippingTests {
    private let square = Rectangle(width: 10, height: 10)

    private func path(_ coordinates: (Double, Double)...) -> Polyline {
        Polyline(coordinates.map { Point(x: $0.0, y: $0.1) })
    }

    @Test func `a path inside stays as it is`() {
        let whole = path((1, 1), (9, 2), (9, 2), (10, 10))
        #expect(whole.clipped(to: square) == [whole])
    }

    @Test func `a path outside gives nothing`() {
        let pieces = path((-5, -5), (-5, 20), (20, 20)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `no points give nothing`() {
        let pieces = path().clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a dot stays if it lies inside`() {
        let dot = path((5, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot stays if it lies on an edge`() {
        let dot = path((10, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot goes if it lies outside`() {
        let pieces = path((10.01, 5)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a dot of two equal points stays if it lies inside`() {
        let dot = path((5, 5), (5, 5))
        #expect(dot.clipped(to: square) == [dot])
    }

    @Test func `a dot of two equal points goes if it lies outside`() {
        let pieces = path((15, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a segment right across ends on both edges`() {
        let pieces = path((-5, 4), (15, 4)).clipped(to: square)
        #expect(pieces == [path((0, 4), (10, 4))])
    }

    @Test func `a slanting segment ends where it crosses the edges`() {
        let pieces = path((-2, 3), (6, 11)).clipped(to: square)
        #expect(pieces == [path((0, 5), (5, 10))])
    }

    @Test func `a path that leaves and comes back falls into pieces in its order`() {
        let pieces = path((2, 2), (20, 2), (20, 8), (2, 8)).clipped(to: square)
        #expect(pieces == [path((2, 2), (10, 2)), path((10, 8), (2, 8))])
    }

    @Test func `a path that leaves and enters within one segment each falls into pieces`() {
        let pieces = path((-5, 2), (15, 2), (15, 6), (-5, 6)).clipped(to: square)
        #expect(pieces == [path((0, 2), (10, 2)), path((10, 6), (0, 6))])
    }

    @Test func `a segment along an edge stays`() {
        let pieces = path((-5, 10), (15, 10)).clipped(to: square)
        #expect(pieces == [path((0, 10), (10, 10))])
    }

    @Test func `a segment beside an edge goes`() {
        let pieces = path((-5, 10.01), (15, 10.01)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a segment that touches a corner gives nothing`() {
        let pieces = path((-4, 4), (4, -4)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `a corner of the path that touches an edge gives nothing`() {
        let pieces = path((15, 2), (10, 5), (15, 8)).clipped(to: square)
        #expect(pieces == [])
    }

    @Test func `an end of the path that touches an edge gives nothing`() {
        let ending = path((15, 2), (10, 5)).clipped(to: square)
        let beginning = path((10, 5), (15, 2)).clipped(to: square)
        #expect(ending == [])
        #expect(beginning == [])
    }

    @Test func `a path that goes outwards from an edge keeps what came before`() {
        let pieces = path((5, 5), (10, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [path((5, 5), (10, 5))])
    }

    @Test func `a path that touches an edge from inside is not cut there`() {
        let pieces = path((5, 2), (10, 5), (5, 8), (-5, 8)).clipped(to: square)
        #expect(pieces == [path((5, 2), (10, 5), (5, 8), (0, 8))])
    }

    @Test func `a repeated point on the way out stays`() {
        let pieces = path((5, 5), (5, 5), (15, 5)).clipped(to: square)
        #expect(pieces == [path((5, 5), (5, 5), (10, 5))])
    }
}

/// What holds of clipping, whatever the path.
struct PolylineClippingLaws {
    @Test(arguments: 0..<50)
    func `every piece lies within the frame`(seed: Int) {
        let pieces = randomPath(seed: seed).clipped(to: frame) + randomGridPath(seed: seed).clipped(to: frame)
        #expect(!pieces.isEmpty)
        for point in pieces.flatMap(\.points) {
            #expect(frame.distance(to: point) <= 1e-9)
        }
    }

    @Test(arguments: 0..<50)
    func `points inside stay as they are to the last bit, each once, in their order`(seed: Int) {
        // What is farther from the edges than rounding reaches is a point of the path, not one made by a cut.
        let inside = frame.grown(by: -1e-6)
        for path in [randomPath(seed: seed), randomGridPath(seed: seed)] {
            let kept = path.clipped(to: frame).flatMap(\.points).filter(inside.contains)
            #expect(kept == path.points.filter(inside.contains))
        }
    }

    @Test(arguments: 0..<50)
    func `a point that a cut makes lies on an edge and on the path`(seed: Int) {
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
    func `the pieces are as long as the part of the path that samples find inside`(seed: Int) {
        let path = randomPath(seed: seed)
        let length = path.clipped(to: frame).reduce(0) { $0 + $1.length }
        let samples = path.samples(perSegment: 1000)
        let estimate = samples.filter { frame.contains($0.point) }.reduce(0) { $0 + $1.spacing }
        // A convex frame cuts a segment twice at most, and each cut leaves half a spacing uncertain.
        #expect((length - estimate).magnitude <= path.length / 1000)
    }

    @Test(arguments: 0..<50)
    func `a piece has a length`(seed: Int) {
        for piece in randomGridPath(seed: seed).clipped(to: frame) {
            #expect(piece.length > 0)
        }
    }

    @Test(arguments: 0..<50, [0.005, 2.5, 11.25])
    func `clipping to a canvas grown by a radius loses nothing within that radius`(seed: Int, radius: Double) {
        let path = randomPath(seed: seed)
        let pieces = path.clipped(to: frame.grown(by: radius))
        let near = path.samples(perSegment: 200).map(\.point).filter { frame.distance(to: $0) <= radius }
        let lost = near.filter { sample in pieces.allSatisfy { $0.distance(to: sample) > 1e-9 } }
        #expect(!near.isEmpty)
        #expect(lost == [])
    }

    @Test(arguments: 0..<50)
    func `the way back gives the pieces of the way out`(seed: Int) {
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
