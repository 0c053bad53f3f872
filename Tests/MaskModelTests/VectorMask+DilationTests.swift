import MaskModel
import PlaneGeometry
import Testing

private func stroke(width: Double) throws -> BrushStroke {
    try BrushStroke(
        path: Polyline([Point(x: 1, y: 2), Point(x: 3, y: 4)]), width: width,
        origin: StrokeOrigin(word: "cat", keyID: 7, stroke: 1))
}

@Suite struct VectorMaskDilationTests {
    @Test func `dilation widens strokes by twice the distance and changes nothing else`() throws {
        let mask = VectorMask(canvas: .standard, strokes: [try stroke(width: 5), try stroke(width: 0.01)])
        let dilated = try mask.dilated(by: 1.005)
        #expect(dilated.canvas == mask.canvas)
        #expect(dilated.strokes == [try stroke(width: 7.01), try stroke(width: 2.02)])
    }

    @Test func `a distance of 0 changes nothing`() throws {
        let mask = VectorMask(canvas: .standard, strokes: [try stroke(width: 5)])
        let dilated = try mask.dilated(by: 0)
        #expect(dilated == mask)
    }

    @Test func `a width out of range is an error`() throws {
        let mask = VectorMask(canvas: .standard, strokes: [try stroke(width: 5)])
        #expect(throws: BrushStrokeError.width(10_000_003)) { try mask.dilated(by: 4_999_999) }
    }
}
