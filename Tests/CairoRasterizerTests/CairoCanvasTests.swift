import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

@testable import CairoRasterizer

@Suite struct CairoCanvasTests {
    @Test func `the error for a size that cairo refuses includes the message of cairo`() {
        let error = #expect(throws: RasterizerError.self) { _ = try CairoCanvas(width: 40_000, height: 1) }
        #expect(
            error?.description == """
                cairo failed while creating a surface of 40000×1 px: \
                invalid value (typically too big) for the size of the input (surface, pattern, etc.)
                """)
    }

    @Test func `a canvas has the rows of the image from its first row on`() throws {
        let canvas = try CairoCanvas(width: 8, height: 3)
        var raster = Bitmap(size: .px(8, 3))
        try canvas.draw(scaleX: 2, scaleY: 1, firstRow: 10) { brush in
            brush.setWidth(1)
            brush.add(from: Point(x: 1.5, y: 11.5), to: Point(x: 2.5, y: 11.5))
            brush.stroke()
        }
        canvas.moveHoles(to: &raster, firstRow: 0, count: 3)
        #expect(raster.asciiArt == "........\n..####..\n........")
    }

    @Test func `moving the hole pixels clears the canvas`() throws {
        let canvas = try CairoCanvas(width: 3, height: 1)
        try canvas.draw(scaleX: 1, scaleY: 1, firstRow: 0) { brush in
            brush.setWidth(9)
            brush.add(from: Point(x: 0, y: 0), to: Point(x: 3, y: 0))
            brush.stroke()
        }
        var raster = Bitmap(size: .px(3, 1))
        canvas.moveHoles(to: &raster, firstRow: 0, count: 1)
        #expect(raster.asciiArt == "###")
        raster.clear()
        try canvas.draw(scaleX: 1, scaleY: 1, firstRow: 0) { _ in }
        canvas.moveHoles(to: &raster, firstRow: 0, count: 1)
        #expect(raster.asciiArt == "...")
    }
}
