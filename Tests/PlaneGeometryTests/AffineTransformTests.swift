import PlaneGeometry
import Testing

struct AffineTransformTests {
    private let point = Point(x: 3, y: 5)

    @Test func `the entries are those of SVG's matrix`() {
        let transform = AffineTransform(a: 1, b: 2, c: 3, d: 4, tx: 5, ty: 6)
        let moved = transform.applied(to: Point(x: 10, y: 100))
        #expect(moved == Point(x: 315, y: 426))
    }

    @Test func `the identity leaves a point unchanged`() {
        let moved = AffineTransform.identity.applied(to: point)
        #expect(moved == point)
    }

    @Test func `a translation adds its vector`() {
        let moved = AffineTransform.translation(dx: 10, dy: -20).applied(to: point)
        #expect(moved == Point(x: 13, y: -15))
    }

    @Test func `scaling uses one factor per axis`() {
        let moved = AffineTransform.scaling(x: 2, y: -3).applied(to: point)
        #expect(moved == Point(x: 6, y: -15))
    }

    @Test func `scaling about a center fixes the center`() {
        let moved = AffineTransform.scaling(by: 1.5, about: point).applied(to: point)
        #expect(moved == point)
    }

    @Test func `scaling about a center multiplies the distance from it`() {
        let moved = AffineTransform.scaling(by: 2, about: point).applied(to: Point(x: 4, y: 7))
        #expect(moved == Point(x: 5, y: 9))
    }

    @Test func `a rotation by 90° maps the x axis to the y axis`() {
        let moved = AffineTransform.rotation(sine: 1, cosine: 0).applied(to: Point(x: 1, y: 0))
        #expect(moved == Point(x: 0, y: 1))
    }

    @Test func `a rotation by 90° maps the y axis to the negative x axis`() {
        let moved = AffineTransform.rotation(sine: 1, cosine: 0).applied(to: Point(x: 0, y: 1))
        #expect(moved == Point(x: -1, y: 0))
    }

    @Test func `the order of two transforms matters`() {
        let doubling = AffineTransform.scaling(x: 2, y: 2)
        let step = AffineTransform.translation(dx: 1, dy: 0)
        let doubledFirst = doubling.followed(by: step).applied(to: point)
        let movedFirst = step.followed(by: doubling).applied(to: point)
        #expect(doubledFirst == Point(x: 7, y: 10))
        #expect(movedFirst == Point(x: 8, y: 10))
    }

    @Test(arguments: 0..<50)
    func `a composition maps a point like one transform after the other`(seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        let (first, second) = (random.transform(), random.transform())
        let start = random.point(-100...100)
        let together = first.followed(by: second).applied(to: start)
        let inTurn = second.applied(to: first.applied(to: start))
        #expect((together - inTurn).length < 1e-10)
    }

    @Test(arguments: 0..<50)
    func `composition is associative`(seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        let (first, second, third) = (random.transform(), random.transform(), random.transform())
        let start = random.point(-100...100)
        let fromLeft = first.followed(by: second).followed(by: third).applied(to: start)
        let fromRight = first.followed(by: second.followed(by: third)).applied(to: start)
        #expect((fromLeft - fromRight).length < 1e-9)
    }

    @Test(arguments: 0..<50)
    func `the uniform scale of scalings, rotations, and reflections is the factor of every length`(seed: Int) throws {
        var random = SplitMix64(state: UInt64(seed))
        let factor = random.number(0.01...100)
        // (2t, 1 − t²) / (1 + t²) is a pair of sine and cosine for every t.
        let t = random.number(-3...3)
        let transform = AffineTransform.scaling(x: factor, y: seed.isMultiple(of: 2) ? factor : -factor)
            .followed(by: .rotation(sine: 2 * t / (1 + t * t), cosine: (1 - t * t) / (1 + t * t)))
            .followed(by: .translation(dx: random.number(-9...9), dy: 0))
        let scale = try #require(transform.uniformScale)
        let (start, end) = (random.point(-10...10), random.point(-10...10))
        let growth = (transform.applied(to: end) - transform.applied(to: start)).length / (end - start).length
        #expect((scale / factor - 1).magnitude < 1e-12)
        #expect((growth / factor - 1).magnitude < 1e-9)
    }

    @Test func `a stretch has no uniform scale`() {
        let scale = AffineTransform.scaling(x: 2, y: 3).uniformScale
        #expect(scale == nil)
    }

    @Test func `a skew has no uniform scale, even if it preserves the lengths of both axes`() {
        let scale = AffineTransform(a: 1, b: 0, c: 0.6, d: 0.8, tx: 0, ty: 0).uniformScale
        #expect(scale == nil)
    }

    @Test func `a transform onto a point has no uniform scale`() {
        let scale = AffineTransform.scaling(x: 0, y: 0).uniformScale
        #expect(scale == nil)
    }

    @Test func `a transform onto a line has no uniform scale`() {
        let scale = AffineTransform.scaling(x: 1, y: 0).uniformScale
        #expect(scale == nil)
    }

    @Test(arguments: [Double.infinity, .nan])
    func `a non-finite transform has no uniform scale`(entry: Double) {
        let scale = AffineTransform.scaling(x: entry, y: entry).uniformScale
        #expect(scale == nil)
    }

    @Test func `axes that differ by 1 part in 10⁷ count as equal`() {
        let scale = AffineTransform.scaling(x: 1, y: 1 + 1e-7).uniformScale
        #expect(scale == 1)
    }

    @Test func `axes that differ by 1 part in 10⁵ count as different`() {
        let scale = AffineTransform.scaling(x: 1, y: 1 + 1e-5).uniformScale
        #expect(scale == nil)
    }

    @Test func `the tolerance of the uniform scale is relative`() {
        let tiny = AffineTransform.scaling(x: 1e-9, y: 2e-9).uniformScale
        let huge = AffineTransform.scaling(x: 1e9, y: 1e9 + 1).uniformScale
        #expect(tiny == nil)
        #expect(huge == 1e9)
    }

    @Test func `a transform with finite entries is finite`() {
        let isFinite = AffineTransform(a: 1, b: 2, c: 3, d: 4, tx: 5, ty: 6).isFinite
        #expect(isFinite)
    }

    @Test(arguments: 0..<6, [Double.infinity, -.infinity, .nan])
    func `a transform with a non-finite entry is not finite`(entry: Int, value: Double) {
        var entries = [1.0, 2, 3, 4, 5, 6]
        entries[entry] = value
        let transform = AffineTransform(
            a: entries[0], b: entries[1], c: entries[2], d: entries[3], tx: entries[4], ty: entries[5])
        #expect(!transform.isFinite)
    }
}

extension SplitMix64 {
    fileprivate mutating func transform() -> AffineTransform {
        AffineTransform(
            a: number(-3...3), b: number(-3...3), c: number(-3...3), d: number(-3...3), tx: number(-50...50),
            ty: number(-50...50))
    }
}
