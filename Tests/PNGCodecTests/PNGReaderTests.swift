import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing

/// A way to say black and white in a PNG.
private struct PixelFormat: Sendable, CustomTestStringConvertible {
    let name: String
    let bitDepth: Int
    let colorType: Int
    let black: [Int]
    let white: [Int]
    var palette: [UInt8] = []
    var transparency: [UInt8] = []

    var testDescription: String { name }

    func bytes(_ raster: Bitmap, isInterlaced: Bool) -> [UInt8] {
        PlainPNG(
            width: raster.size.width, height: raster.size.height, bitDepth: bitDepth, colorType: colorType,
            isInterlaced: isInterlaced, palette: palette, transparency: transparency
        ) { raster[$0, $1] ? white : black }.bytes
    }
}

private let formats = [
    PixelFormat(name: "gray, 1 bit", bitDepth: 1, colorType: 0, black: [0], white: [1]),
    PixelFormat(name: "gray, 2 bits", bitDepth: 2, colorType: 0, black: [0], white: [3]),
    PixelFormat(name: "gray, 4 bits", bitDepth: 4, colorType: 0, black: [0], white: [15]),
    PixelFormat(name: "gray, 8 bits", bitDepth: 8, colorType: 0, black: [0], white: [255]),
    PixelFormat(name: "gray, 16 bits", bitDepth: 16, colorType: 0, black: [0], white: [65_535]),
    PixelFormat(
        name: "gray with a transparent level that no pixel has", bitDepth: 8, colorType: 0, black: [0], white: [255],
        transparency: [0, 7]),
    PixelFormat(
        name: "palette, 1 bit", bitDepth: 1, colorType: 3, black: [1], white: [0],
        palette: [255, 255, 255, 0, 0, 0]),
    PixelFormat(
        name: "palette, 2 bits", bitDepth: 2, colorType: 3, black: [3], white: [2],
        palette: [9, 9, 9, 8, 8, 8, 255, 255, 255, 0, 0, 0]),
    PixelFormat(
        name: "palette, 4 bits", bitDepth: 4, colorType: 3, black: [0], white: [1],
        palette: [0, 0, 0, 255, 255, 255]),
    PixelFormat(
        name: "palette, 8 bits", bitDepth: 8, colorType: 3, black: [0], white: [1],
        palette: [0, 0, 0, 255, 255, 255]),
    PixelFormat(
        name: "palette with a transparent white", bitDepth: 8, colorType: 3, black: [0], white: [1],
        palette: [255, 255, 255, 255, 255, 255], transparency: [0]),
    PixelFormat(name: "RGB, 8 bits", bitDepth: 8, colorType: 2, black: [0, 0, 0], white: [255, 255, 255]),
    PixelFormat(
        name: "RGB, 16 bits", bitDepth: 16, colorType: 2, black: [0, 0, 0], white: [65_535, 65_535, 65_535]),
    PixelFormat(name: "gray with alpha, 8 bits", bitDepth: 8, colorType: 4, black: [0, 255], white: [255, 255]),
    PixelFormat(name: "alpha alone, 8 bits", bitDepth: 8, colorType: 4, black: [255, 0], white: [255, 255]),
    PixelFormat(
        name: "gray with alpha, 16 bits", bitDepth: 16, colorType: 4, black: [0, 65_535], white: [65_535, 65_535]),
    PixelFormat(
        name: "RGB with alpha, 8 bits", bitDepth: 8, colorType: 6, black: [255, 255, 255, 0],
        white: [255, 255, 255, 255]),
    PixelFormat(
        name: "RGB with alpha, 16 bits", bitDepth: 16, colorType: 6, black: [0, 0, 0, 65_535],
        white: [65_535, 65_535, 65_535, 65_535]),
]

/// The columns of a one-row image that are hole.
private func holes(in bytes: [UInt8], _ reader: PNGReader) throws -> [Int] {
    let raster = try reader.raster(from: bytes)
    return (0..<raster.size.width).filter { raster[$0, 0] }
}

@Suite struct PNGReaderTests {
    @Test(arguments: formats, [false, true])
    fileprivate func `black and white are read in every color type`(format: PixelFormat, isInterlaced: Bool) throws {
        for size in [PixelSize.px(1, 1), .px(13, 9), .px(8, 8), .px(70, 2), .px(2, 70)] {
            let raster = Bitmap.random(seed: size.width, size: size)
            let read = try PNGReader().raster(from: format.bytes(raster, isInterlaced: isInterlaced))
            #expect(read == raster, "\(size) px")
        }
    }

    @Test func `a black hole is what is black`() throws {
        let raster = Bitmap.random(seed: 1, size: .px(70, 5))
        let bytes = PlainPNG(width: 70, height: 5, bitDepth: 8, colorType: 0) { [raster[$0, $1] ? 0 : 255] }.bytes
        let read = try PNGReader(holeColor: .black).raster(from: bytes)
        #expect(read == raster)
    }

    @Test(arguments: [1, 2, 77, 127, 128, 129, 200, 254, 255] as [UInt8])
    func `from the threshold on a pixel is white`(threshold: UInt8) throws {
        let bytes = PlainPNG(width: 256, height: 1, bitDepth: 8, colorType: 0) { x, _ in [x] }.bytes
        let white = try holes(in: bytes, PNGReader(threshold: threshold))
        let black = try holes(in: bytes, PNGReader(holeColor: .black, threshold: threshold))
        #expect(white == Array(Int(threshold)..<256))
        #expect(black == Array(0..<Int(threshold)))
    }

    @Test(arguments: [(1, 255), (2, 85), (4, 17)])
    func `levels of fewer bits are spread over 0 to 255`(bitDepth: Int, step: Int) throws {
        let count = 1 << bitDepth
        let bytes = PlainPNG(width: count, height: 1, bitDepth: bitDepth, colorType: 0) { x, _ in [x] }.bytes
        for level in 1..<count {
            let at = try holes(in: bytes, PNGReader(threshold: UInt8(level * step)))
            let below = try holes(in: bytes, PNGReader(threshold: UInt8(level * step - step + 1)))
            #expect(at == Array(level..<count))
            #expect(below == Array(level..<count))
        }
    }

    @Test func `levels of 16 bits are scaled to 0 to 255 and rounded`() throws {
        // 128 · 257 = 32,896; half a step below it is 32,767.5.
        let levels = [0, 32_767, 32_768, 32_896, 65_535]
        let bytes = PlainPNG(width: 5, height: 1, bitDepth: 16, colorType: 0) { x, _ in [levels[x]] }.bytes
        let white = try holes(in: bytes, PNGReader(threshold: 128))
        #expect(white == [2, 3, 4])
    }

    /// 0.299 · 255 = 76.2, 0.587 · 255 = 149.7, 0.114 · 255 = 29.1.
    @Test(
        arguments: [([255, 0, 0], 76), ([0, 255, 0], 150), ([0, 0, 255], 29), ([90, 90, 90], 90)] as [([Int], UInt8)])
    func `colors have the brightness of ITU-R BT 601`(color: [Int], brightness: UInt8) throws {
        let bytes = PlainPNG(width: 1, height: 1, bitDepth: 8, colorType: 2) { _, _ in color }.bytes
        let at = try holes(in: bytes, PNGReader(threshold: brightness))
        let above = try holes(in: bytes, PNGReader(threshold: brightness + 1))
        #expect(at == [0])
        #expect(above == [])
    }

    @Test(arguments: 1...254)
    func `every gray of RGB is as bright as it says`(level: Int) throws {
        let bytes = PlainPNG(width: 1, height: 1, bitDepth: 8, colorType: 2) { _, _ in [level, level, level] }.bytes
        let at = try holes(in: bytes, PNGReader(threshold: UInt8(level)))
        let above = try holes(in: bytes, PNGReader(threshold: UInt8(level + 1)))
        #expect(at == [0])
        #expect(above == [])
    }

    @Test func `white on transparent is as white as alpha says`() throws {
        let alphas = [0, 99, 100, 101, 255]
        let gray = PlainPNG(width: 5, height: 1, bitDepth: 8, colorType: 4) { x, _ in [255, alphas[x]] }.bytes
        let color = PlainPNG(width: 5, height: 1, bitDepth: 8, colorType: 6) { x, _ in [255, 255, 255, alphas[x]] }
            .bytes
        let reader = PNGReader(threshold: 100)
        #expect(try holes(in: gray, reader) == [2, 3, 4])
        #expect(try holes(in: color, reader) == [2, 3, 4])
    }

    /// The four combinations of black or white and opaque or transparent.
    private static let corners = [[0, 255], [255, 255], [0, 0], [255, 0]]

    @Test(
        arguments: [(PNGChannel.alpha, [0, 1]), (.red, [1, 3]), (.luminance, [1, 3])],
        [(8, 4), (8, 6), (16, 4), (16, 6)])
    func `a channel is read whatever the others are`(
        expected: (channel: PNGChannel, white: [Int]), format: (bitDepth: Int, colorType: Int)
    ) throws {
        let (bitDepth, colorType) = format
        let bytes = PlainPNG(width: 4, height: 1, bitDepth: bitDepth, colorType: colorType) { x, _ in
            let corner = Self.corners[x].map { bitDepth == 16 ? 257 * $0 : $0 }
            return colorType == 6 ? [corner[0], corner[0], corner[0], corner[1]] : corner
        }.bytes
        let white = try holes(in: bytes, PNGReader(channel: expected.channel))
        let black = try holes(in: bytes, PNGReader(holeColor: .black, channel: expected.channel))
        #expect(white == expected.white)
        #expect(black == (0..<4).filter { !expected.white.contains($0) })
    }

    @Test func `red and luminance of a color differ`() throws {
        let bytes = PlainPNG(width: 2, height: 1, bitDepth: 8, colorType: 2) { x, _ in
            x == 0 ? [255, 0, 0] : [0, 255, 255]
        }.bytes
        let red = try holes(in: bytes, PNGReader(threshold: 100, channel: .red))
        let luminance = try holes(in: bytes, PNGReader(threshold: 100, channel: .luminance))
        #expect(red == [0])
        #expect(luminance == [1])
    }

    @Test func `alpha of a gray or a color that tRNS makes transparent is read`() throws {
        let gray = PlainPNG(
            width: 3, height: 1, bitDepth: 8, colorType: 0, transparency: [0, 255]
        ) { x, _ in [[0, 255, 254][x]] }.bytes
        let color = PlainPNG(
            width: 2, height: 1, bitDepth: 8, colorType: 2, transparency: [0, 255, 0, 255, 0, 255]
        ) { x, _ in [[255, 255, 255], [255, 255, 254]][x] }.bytes
        #expect(try holes(in: gray, PNGReader(channel: .alpha)) == [0, 2])
        #expect(try holes(in: gray, PNGReader(threshold: 128, channel: .luminance)) == [1, 2])
        #expect(try holes(in: color, PNGReader(channel: .alpha)) == [1])
        #expect(try holes(in: color, PNGReader(threshold: 128, channel: .luminance)) == [0, 1])
    }

    @Test func `an image of the largest size is read`() throws {
        let bytes = PlainPNG(width: 32_767, height: 1, bitDepth: 1, colorType: 0) { x, _ in [x % 2] }.bytes
        let raster = try PNGReader().raster(from: bytes)
        #expect(raster.holeCount == 16_383)
    }
}
