import MaskModel
import PlaneGeometry
import Testing

struct PixelSizeTests {
    private func size(_ width: Int, _ height: Int) throws -> PixelSize {
        try #require(PixelSize(width: width, height: height))
    }

    @Test func `a size keeps its sides`() throws {
        let size = try size(640, 480)
        #expect(size.width == 640)
        #expect(size.height == 480)
    }

    @Test(arguments: [(1, 1), (1_000_000, 1), (1, 1_000_000)])
    func `sides of 1 to 1,000,000 px are allowed`(width: Int, height: Int) throws {
        let size = try size(width, height)
        #expect(size.area == width * height)
    }

    @Test(arguments: [(0, 5), (5, 0), (-1, 5), (1_000_001, 5), (5, 1_000_001), (.max, .max)])
    func `other sides are not a size`(width: Int, height: Int) {
        let size = PixelSize(width: width, height: height)
        #expect(size == nil)
    }

    @Test func `the standard size is that of QD-IMD`() {
        #expect(PixelSize.standard == PixelSize(width: 512, height: 512))
    }

    @Test func `the smallest size is one pixel`() {
        #expect(PixelSize.smallest == PixelSize(width: 1, height: 1))
    }

    @Test func `the bounds are from the origin to the width and height`() throws {
        let bounds = try size(640, 480).bounds
        #expect(bounds == Rectangle(minX: 0, minY: 0, maxX: 640, maxY: 480))
    }

    @Test func `a size is written with a multiplication sign`() throws {
        let text = try "\(size(640, 480))"
        #expect(text == "640×480")
    }

    @Test(arguments: [(2.0, 1280, 962), (0.5, 320, 241), (0.001, 1, 0), (1.0, 640, 481)])
    func `a scaled size is rounded to whole px`(factor: Double, width: Int, height: Int) throws {
        let scaled = try size(640, 481).scaled(by: factor)
        #expect(scaled == PixelSize(width: width, height: height))
    }

    @Test(arguments: [0.0005, 0, -1, 2000, .infinity, .nan, 1e300])
    func `a size scaled out of range is nil`(factor: Double) throws {
        let scaled = try size(640, 480).scaled(by: factor)
        #expect(scaled == nil)
    }

    @Test(arguments: [
        (512, 512, 1, 1), (512, 512, 2048, 2048), (640, 480, 4, 3), (640, 480, 960, 720), (1, 1_000_000, 1, 1_000_000),
    ])
    func `sides in the same ratio have the aspect ratio of the canvas`(
        width: Int, height: Int, otherWidth: Int, otherHeight: Int
    )
        throws
    {
        let canvas = try size(width, height)
        let image = try size(otherWidth, otherHeight)
        #expect(image.hasAspectRatio(of: canvas))
        #expect(canvas.hasAspectRatio(of: image))
    }

    @Test(arguments: [(1000, 667), (333, 222), (100, 67), (7, 5)])
    func `a side that is correct after rounding has the aspect ratio of the canvas`(width: Int, height: Int) throws {
        let image = try size(width, height)
        #expect(try image.hasAspectRatio(of: size(300, 200)))
    }

    @Test(arguments: [(512, 511), (256, 512), (1024, 1023), (512, 1)])
    func `a stretched image does not have the aspect ratio of the canvas`(width: Int, height: Int) throws {
        let image = try size(width, height)
        #expect(!image.hasAspectRatio(of: .standard))
    }

    @Test(arguments: [(1000, 668), (1000, 665), (480, 640)])
    func `a difference of more than rounding is a stretch`(width: Int, height: Int) throws {
        let image = try size(width, height)
        #expect(try !image.hasAspectRatio(of: size(300, 200)))
    }

    @Test func `rounding errors in both sides are a stretch`() throws {
        // A width of 801 px requires a height of 600.75, and a height of 600 px requires a width of 800.
        let image = try size(801, 600)
        #expect(try !image.hasAspectRatio(of: size(640, 480)))
    }

    @Test(arguments: [(512, 512), (640, 480), (333, 1000)], 1...50)
    func `every width has a height with the aspect ratio of the canvas`(canvas: (Int, Int), width: Int) throws {
        let canvas = try size(canvas.0, canvas.1)
        let image = try #require(canvas.scaled(by: Double(width) / Double(canvas.width)))
        #expect(image.width == width)
        #expect(image.hasAspectRatio(of: canvas))
    }
}
