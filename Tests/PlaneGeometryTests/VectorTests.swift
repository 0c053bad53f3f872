import PlaneGeometry
import Testing

struct VectorTests {
    @Test func `the length of a vector is the Euclidean norm`() {
        let vector = Vector(dx: -3, dy: 4)
        #expect(vector.length == 5)
        #expect(vector.squaredLength == 25)
    }

    @Test func `a factor multiplies both components of a vector`() {
        let vector = Vector(dx: -3, dy: 4) * 2
        #expect(vector == Vector(dx: -6, dy: 8))
    }
}
