import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing
import ZlibReference

/// What the reader says about bytes that are no mask; nil if it reads them.
private func complaint(_ bytes: [UInt8], _ reader: PNGReader = PNGReader()) -> String? {
    do {
        _ = try reader.raster(from: bytes)
        return nil
    } catch {
        return error.description
    }
}

/// A file of a header and of data that are not an image.
private func file(width: Int, height: Int) -> [UInt8] {
    let header = bigEndianBytes(width) + bigEndianBytes(height) + [8, 0, 0, 0, 0]
    return PlainPNG.signature + PlainPNG.chunk("IHDR", header) + PlainPNG.chunk("IDAT", [0x78, 0x01])
        + PlainPNG.chunk("IEND", [])
}

private let smallFile = PlainPNG(width: 3, height: 2, bitDepth: 8, colorType: 0) { x, y in [x == y ? 255 : 0] }.bytes

@Suite struct PNGFaultTests {
    @Test func `no bytes are no PNG`() {
        #expect(complaint([]) == "not a whole PNG: the file ends too early")
    }

    @Test(arguments: [
        "GIF89a and something else", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "\0\0\0\0\0\0\0\0\0\0",
    ])
    func `other files are no PNG`(text: String) {
        #expect(complaint(Array(text.utf8)) == "not a whole PNG: Not a PNG file")
    }

    @Test func `a file without its last bytes is no whole PNG, whichever they are`() {
        for count in smallFile.indices {
            let complaint = complaint(Array(smallFile.prefix(count)))
            #expect(complaint?.hasPrefix("not a whole PNG: ") == true, "\(count) bytes")
        }
        #expect(complaint(smallFile) == nil)
    }

    @Test func `a file that ends within its data says so`() {
        #expect(complaint(Array(smallFile.prefix(50))) == "not a whole PNG: the file ends too early")
    }

    @Test func `no byte of a file can change without a complaint`() {
        for place in smallFile.indices {
            var bytes = smallFile
            bytes[place] ^= 0x10
            #expect(complaint(bytes)?.hasPrefix("not a whole PNG: ") == true, "byte \(place)")
        }
    }

    @Test func `a header of 100000×100000 px is refused before memory is asked for`() {
        let complaint = complaint(file(width: 100_000, height: 100_000))
        #expect(complaint == "an image of 100000×100000 px; expected at most 32767 px a side")
    }

    @Test(arguments: [(32_768, 1), (1, 32_768), (2_147_483_647, 1), (1, 2_147_483_647)])
    func `a side beyond 32767 px is refused`(width: Int, height: Int) {
        let complaint = complaint(file(width: width, height: height))
        #expect(complaint == "an image of \(width)×\(height) px; expected at most 32767 px a side")
    }

    @Test(arguments: [(0, 5), (5, 0)])
    func `an image without pixels is no PNG`(width: Int, height: Int) {
        let complaint = complaint(file(width: width, height: height))
        #expect(complaint?.hasPrefix("not a whole PNG: ") == true)
    }

    @Test func `a header that claims more rows than there are is no whole PNG`() {
        let complaint = complaint(file(width: 600, height: 600))
        #expect(complaint?.hasPrefix("not a whole PNG: ") == true)
    }

    @Test(arguments: [false, true])
    func `data of fewer rows than the header says is no whole PNG`(isInterlaced: Bool) {
        let short = PlainPNG(
            width: 9, height: 8, bitDepth: 8, colorType: 0, isInterlaced: isInterlaced
        ) { _, _ in [0] }.bytes
        // The same data under a header of one row more.
        let header = bigEndianBytes(9) + bigEndianBytes(9) + [8, 0, 0, 0, isInterlaced ? 1 : 0]
        let bytes = PlainPNG.signature + PlainPNG.chunk("IHDR", header) + short[33...]
        #expect(complaint(Array(bytes))?.hasPrefix("not a whole PNG: ") == true)
    }

    @Test func `an interlaced image too large for memory is refused`() {
        let header = bigEndianBytes(32_767) + bigEndianBytes(32_767) + [16, 6, 0, 0, 1]
        let bytes = PlainPNG.signature + PlainPNG.chunk("IHDR", header) + PlainPNG.chunk("IDAT", [0x78, 0x01])
        #expect(complaint(bytes) == "not a whole PNG: the interlaced image is too large")
    }

    @Test func `the first gray pixel is named where black and white are expected`() {
        let bytes = PlainPNG(width: 4, height: 3, bitDepth: 2, colorType: 0) { x, y in [y == 0 ? 3 : x] }.bytes
        #expect(complaint(bytes) == "pixel (1, 1) has brightness 85; expected 0 or 255 only, or a threshold")
    }

    @Test func `the first gray pixel is named where the first bits agree`() {
        let bytes = PlainPNG(width: 70, height: 1, bitDepth: 8, colorType: 0) { x, _ in [x < 66 ? 255 : 254] }.bytes
        #expect(complaint(bytes) == "pixel (66, 0) has brightness 254; expected 0 or 255 only, or a threshold")
    }

    @Test(arguments: [1, 128, 254])
    func `any gray is a fault without a threshold, and none with one`(level: Int) {
        let bytes = PlainPNG(width: 1, height: 1, bitDepth: 8, colorType: 0) { _, _ in [level] }.bytes
        let strict = complaint(bytes)
        let lenient = complaint(bytes, PNGReader(threshold: 128))
        #expect(strict == "pixel (0, 0) has brightness \(level); expected 0 or 255 only, or a threshold")
        #expect(lenient == nil)
    }

    /// 65,450 / 257 = 254.7: rounding alone made it white.
    @Test(arguments: [(1, 1), (127, 1), (65_450, 254), (65_534, 254), (32_768, 128)])
    func `a value of 16 bits next to black or white is gray`(level: Int, brightness: Int) {
        for colorType in [0, 2] {
            let bytes = PlainPNG(width: 1, height: 1, bitDepth: 16, colorType: colorType) { _, _ in
                [Int](repeating: level, count: colorType + 1)
            }.bytes
            let message = complaint(bytes)
            #expect(
                message == "pixel (0, 0) has brightness \(brightness); expected 0 or 255 only, or a threshold")
        }
    }

    @Test func `black on transparent is refused without a channel`() {
        let bytes = PlainPNG(width: 3, height: 1, bitDepth: 8, colorType: 6) { x, _ in [0, 0, 0, x == 1 ? 0 : 255] }
            .bytes
        let strict = complaint(bytes)
        let lenient = complaint(bytes, PNGReader(threshold: 128))
        let expected = "pixel (1, 0) has alpha 0; expected opaque pixels, or a channel (alpha, red, luminance)"
        #expect(strict == expected)
        #expect(lenient == expected)
        #expect(complaint(bytes, PNGReader(channel: .alpha)) == nil)
    }

    @Test func `an image without alpha is refused where alpha is read`() {
        let message = complaint(smallFile, PNGReader(channel: .alpha))
        #expect(message == "has no alpha; expected an image with alpha, or another channel")
    }

    @Test(arguments: 0..<200)
    func `bytes changed at random, under right checksums, are an image or a complaint`(seed: Int) {
        // What counts is that the reader comes back; a changed size must show in the raster.
        var random = RandomStream(seed: 20, use: .strokeChoice, index: UInt64(seed))
        let image = PlainPNG(
            width: 9, height: 9, bitDepth: 8, colorType: 3, isInterlaced: seed % 2 == 0,
            palette: [0, 0, 0, 255, 255, 255], transparency: [255, 128]
        ) { x, y in [(x + y) % 2] }
        var bytes = PlainPNG.signature
        var size = (0, 0)
        for chunk in PNGChunk.all(of: image.bytes) ?? [] {
            var data = chunk.data
            if !data.isEmpty, random.uniform(below: 2) == 0 {
                data[random.uniform(below: data.count)] = UInt8(random.uniform(below: 256))
            }
            if chunk.type == "IHDR" {
                // The high bytes stay, so that no image of 2³¹ px is asked for.
                data.replaceSubrange(0..<3, with: [0, 0, 0])
                data.replaceSubrange(4..<7, with: [0, 0, 0])
                size = (Int(data[3]), Int(data[7]))
            }
            bytes += PlainPNG.chunk(chunk.type, data)
        }
        do {
            let raster = try PNGReader(threshold: 128).raster(from: bytes)
            #expect((raster.size.width, raster.size.height) == size)
        } catch {
            let isAmbiguous = if case .ambiguousAlpha = error { true } else { false }
            #expect(isAmbiguous || error.description.hasPrefix("not a whole PNG: "))
        }
    }
}
