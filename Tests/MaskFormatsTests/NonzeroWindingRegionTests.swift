import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskFormats

/// How often closed paths go around a point.
private func winding(_ paths: [[Point]], _ point: Point) -> Int {
    var sum = 0
    for path in paths {
        for (index, start) in path.enumerated() {
            let end = path[index + 1 < path.count ? index + 1 : 0]
            guard (start.y <= point.y) != (end.y <= point.y) else { continue }
            let x = start.x + (point.y - start.y) / (end.y - start.y) * (end.x - start.x)
            if x < point.x { sum += start.y < end.y ? 1 : -1 }
        }
    }
    return sum
}

private func distance(_ point: Point, to paths: [[Point]]) -> Double {
    var least = Double.infinity
    for path in paths {
        for (index, start) in path.enumerated() {
            let step = path[index + 1 < path.count ? index + 1 : 0] - start
            let t = step.squaredLength > 0 ? max(0, min(1, (point - start).dot(step) / step.squaredLength)) : 0
            least = min(least, (point - (start + step * t)).length)
        }
    }
    return least
}

@Suite struct NonzeroWindingRegionTests {
    /// Points at random, on a coarse grid so that edges overlap and meet at vertices, or a walk as a pen makes it.
    @Test(arguments: 0..<60)
    func `the region has the inside of the nonzero rule by the even-odd rule`(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(_ limit: Int) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int(state >> 33) % limit)
        }
        let grid = [1.0, 10, 0.01][seed % 3]
        var paths: [[Point]] = []
        for _ in 0...Int(random(3)) {
            var (x, y) = (50.0, 50.0)
            paths.append(
                (0..<(3 + Int(random(40)))).map { _ in
                    let (column, row) = (random(Int(100 / grid)), random(Int(100 / grid)))
                    if seed % 2 == 0 { return Point(x: column * grid, y: row * grid) }
                    (x, y) = (x + random(9) - 4, y + random(9) - 4)
                    return Point(x: x, y: y)
                })
        }
        let region = try NonzeroWindingRegion(of: paths)
        for _ in 0..<400 {
            let point = Point(x: random(100_000) / 1000, y: random(100_000) / 1000)
            guard distance(point, to: paths) > 0.03 else { continue }
            #expect((winding(paths, point) != 0) == (winding(region.paths, point) % 2 != 0), "seed \(seed)")
            if region.isSameByParity { #expect((winding(paths, point) != 0) == (winding(paths, point) % 2 != 0)) }
        }
    }

    @Test func `a simple polygon is the same by the even-odd rule`() throws {
        let square = [(0.0, 0.0), (9, 0), (9, 9), (0, 9)].map { Point(x: $0.0, y: $0.1) }
        let inner = [(3.0, 3.0), (3, 6), (6, 6), (6, 3)].map { Point(x: $0.0, y: $0.1) }
        #expect(try NonzeroWindingRegion(of: [square]).isSameByParity)
        #expect(try NonzeroWindingRegion(of: [square, inner]).isSameByParity)
        #expect(try !NonzeroWindingRegion(of: [square, inner.reversed()]).isSameByParity)
        #expect(try NonzeroWindingRegion(of: [square, inner.reversed()]).paths.count == 1)
        #expect(try NonzeroWindingRegion(of: [square, square]).paths.count == 1)
        #expect(try NonzeroWindingRegion(of: [square, square.reversed()]).paths.isEmpty)
    }

    @Test func `a path that crosses itself too often is refused`() {
        let zigzag = (0..<120).map { Point(x: Double($0 * 79 % 120), y: Double($0 % 2 * 120)) }
        #expect(complaint { _ = try NonzeroWindingRegion(of: [zigzag]) } == nil)
        #expect(
            complaint { _ = try NonzeroWindingRegion(of: [zigzag], pairLimit: 10_000) }
                == "a fill by the nonzero rule crosses itself too often; expected fill-rule=\"evenodd\", or fewer points"
        )
    }
}
