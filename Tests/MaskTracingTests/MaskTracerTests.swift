import MaskModel
import MaskRaster
import MaskTracing
import PlaneGeometry
import Testing

struct MaskTracerTests {
    @Test func `a mask without hole has no strokes`() throws {
        let size = try #require(PixelSize(width: 9, height: 5))
        #expect(try MaskTracer().trace(Bitmap(size: size)).strokes.isEmpty)
    }
}
