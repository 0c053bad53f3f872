import MaskModel
import MaskRaster
import MaskSamples
import Testing

private let sizes = [
    PixelSize.px(1, 1), .px(512, 512), .px(2048, 1024), .px(2048, 1025), .px(1_000_000, 3), .px(699_051, 3),
    .px(1_000_000, 68), .px(3, 1_000_000), .px(65_536, 5_000), .px(1_000_000, 1_000_000),
]

@Suite struct ImageBandsTests {
    @Test(arguments: sizes)
    func `bands cover every row once, from the top`(size: PixelSize) {
        var next = 0
        for rows in ImageBands(of: size) {
            #expect(rows.lowerBound == next)
            #expect(!rows.isEmpty)
            next = rows.upperBound
        }
        #expect(next == size.height)
    }

    @Test(arguments: sizes)
    func `a band has at most 2²¹ pixels`(size: PixelSize) {
        let largest = ImageBands(of: size).map { $0.count * size.width }.max()
        #expect(largest ?? .max <= 1 << 21)
    }

    @Test func `an image of 2048×1024 px is one band, and another row adds a band`() {
        let one = Array(ImageBands(of: .px(2048, 1024)))
        let two = Array(ImageBands(of: .px(2048, 1025)))
        #expect(one == [0..<1024])
        #expect(two == [0..<1024, 1024..<1025])
    }
}
