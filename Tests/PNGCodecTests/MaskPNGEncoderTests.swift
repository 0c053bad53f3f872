import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing
import ZlibReference

private typealias BitDepth = MaskPNGEncoder.BitDepth

/// The rows of the image before they are filtered, as the PNG specification has them.
private func pixelRows(of raster: Bitmap, _ bitDepth: BitDepth, _ holeColor: HoleColor) -> [[UInt8]] {
    (0..<raster.size.height).map { y in
        let isWhite = (0..<raster.size.width).map { raster[$0, y] == (holeColor == .white) }
        if bitDepth == .eight { return isWhite.map { $0 ? 255 : 0 } }
        return stride(from: 0, to: isWhite.count, by: 8).map { start in
            (0..<8).reduce(UInt8(0)) { byte, place in
                let x = start + place
                return byte << 1 | (x < isWhite.count && isWhite[x] ? 1 : 0)
            }
        }
    }
}

/// The bytes of the image before compression: of 8 bits no row is filtered, of 1 bit all by the row above but the
/// black ones.
private func imageBytes(of raster: Bitmap, _ bitDepth: BitDepth, _ holeColor: HoleColor) -> [UInt8] {
    let rows = pixelRows(of: raster, bitDepth, holeColor)
    return rows.indices.flatMap { y -> [UInt8] in
        if bitDepth == .eight || rows[y].allSatisfy({ $0 == 0 }) { return [0] + rows[y] }
        return [2] + rows[y].indices.map { rows[y][$0] &- (y > 0 ? rows[y - 1][$0] : 0) }
    }
}

/// The joined data of a file's IDAT chunks.
private func imageData(_ bytes: [UInt8]) -> [UInt8] {
    (PNGChunk.all(of: bytes) ?? []).filter { $0.type == "IDAT" }.flatMap(\.data)
}

private let sizes = [
    PixelSize.px(1, 1), .px(2, 1), .px(1, 50), .px(7, 3), .px(8, 2), .px(9, 2), .px(15, 5), .px(16, 16), .px(63, 2),
    .px(64, 3), .px(65, 2), .px(128, 3), .px(130, 4), .px(300, 7),
]

@Suite struct MaskPNGEncoderTests {
    @Test(arguments: sizes, MaskPNGEncoder.BitDepth.allCases)
    func `a mask is read back by libpng`(size: PixelSize, bitDepth: MaskPNGEncoder.BitDepth) throws {
        for holeColor in HoleColor.allCases {
            for percent in [0, 3, 50, 97, 100] {
                let raster = Bitmap.random(seed: percent, size: size, percent: percent)
                let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
                let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
                #expect(read == raster, "\(holeColor) hole, \(percent) %")
            }
        }
    }

    @Test(arguments: sizes + [.px(10_922, 3), .px(10_923, 3), .px(20_000, 3)])
    func `three channels are equal, and read back by libpng`(size: PixelSize) throws {
        for holeColor in HoleColor.allCases {
            var encoder = MaskPNGEncoder(bitDepth: .one, holeColor: holeColor, channels: .three)
            for percent in [0, 3, 50, 100] {
                let raster = Bitmap.random(seed: percent, size: size, percent: percent)
                var bytes: [UInt8] = []
                encoder.encode(SpanMask(raster), into: &bytes)
                #expect(bytes[24...25] == [8, 2])
                let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
                #expect(read == raster, "\(holeColor) hole, \(percent) %")
                let rows = pixelRows(of: raster, .eight, holeColor).map { (row: [UInt8]) -> [UInt8] in
                    [0] + row.flatMap { [$0, $0, $0] }
                }
                let expected = rows.flatMap { $0 }
                #expect(inflated(imageData(bytes), count: expected.count) == expected)
            }
        }
    }

    @Test(arguments: sizes, MaskPNGEncoder.BitDepth.allCases)
    func `the data is rows with exactly black and white, of 1 bit less the row above`(
        size: PixelSize, bitDepth: MaskPNGEncoder.BitDepth
    ) {
        for holeColor in HoleColor.allCases {
            for percent in [0, 1, 40, 100] {
                let raster = Bitmap.random(seed: 1, size: size, percent: percent)
                let expected = imageBytes(of: raster, bitDepth, holeColor)
                let data = imageData(MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor))
                #expect(inflated(data, count: expected.count) == expected, "\(holeColor) hole, \(percent) %")
            }
        }
    }

    @Test(arguments: MaskPNGEncoder.BitDepth.allCases, HoleColor.allCases)
    func `stripes and checkerboards are read back`(bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) throws {
        let patterns: [@Sendable (Int, Int) -> Bool] = [
            { x, y in (x + y) % 2 == 0 }, { x, _ in x % 2 == 0 }, { _, y in y % 2 == 0 }, { x, _ in x / 64 % 2 == 0 },
            { x, y in x == y }, { x, y in x < 64 && y < 5 }, { x, _ in x == 129 }, { x, y in (x, y) == (0, 19) },
        ]
        for isHole in patterns {
            var raster = Bitmap(size: .px(130, 20))
            for y in 0..<20 {
                for x in 0..<130 where isHole(x, y) { raster.fill(columns: x...x, row: y) }
            }
            let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
            let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
            #expect(read == raster)
        }
    }

    @Test(arguments: 0..<60, MaskPNGEncoder.BitDepth.allCases)
    func `random images of up to 3,000 × 7 are read back`(seed: Int, bitDepth: MaskPNGEncoder.BitDepth) throws {
        var random = RandomStream(seed: 16, use: .strokeChoice, index: UInt64(seed))
        let size = PixelSize.px(1 + random.uniform(below: 3000), 1 + random.uniform(below: 7))
        let raster = Bitmap.random(seed: seed, size: size, percent: random.uniform(below: 101))
        let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth)
        let read = try PNGReader().raster(from: bytes)
        #expect(read == raster, "\(size)")
    }

    /// Ten million bytes of one value, and copies as long.
    @Test(arguments: MaskPNGEncoder.BitDepth.allCases, HoleColor.allCases)
    func `long stretches of equal rows are read back`(bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) throws {
        let size = PixelSize.px(bitDepth == .eight ? 8191 : 32_767, 5200)
        let line = Bitmap.random(seed: 6, size: .px(size.width, 1), percent: 30)
        var raster = Bitmap(size: size)
        raster.setRow(5, words: line.words)
        for row in 1205..<2500 { raster.fill(columns: 0...size.width - 1, row: row) }
        for row in 2500..<3800 { raster.setRow(row, words: line.words) }
        raster.fill(columns: 2...5, row: 5199)
        let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
        let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
        #expect(read == raster)
    }

    /// Matches reach 32,768 bytes back, which a row of 32,767 pixels is, with its filter byte.
    @Test(arguments: [32_766, 32_767])
    func `rows as long as a match reaches back are read back`(width: Int) throws {
        var raster = Bitmap(size: .px(width, 4))
        for row in [0, 1, 3] { raster.fill(columns: 5...width - 3, row: row) }
        let bytes = MaskPNGEncoder.encode(raster)
        let read = try PNGReader().raster(from: bytes)
        #expect(read == raster)
    }

    /// Rows of one byte throughout, each above a row of all bytes.
    @Test(arguments: HoleColor.allCases)
    func `every byte of eight pixels below every other is read back`(holeColor: HoleColor) throws {
        var raster = Bitmap(size: .px(8 * 256, 512))
        for row in 0..<512 {
            for column in 0..<256 {
                let byte = UInt64(row & 1 == 0 ? row >> 1 : column)
                for bit in 0..<8 where byte >> bit & 1 == 1 {
                    raster.fill(columns: 8 * column + bit...8 * column + bit, row: row)
                }
            }
        }
        let bytes = MaskPNGEncoder.encode(raster, bitDepth: .one, holeColor: holeColor)
        let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
        #expect(read == raster)
    }

    @Test(arguments: [32_768, 40_000])
    func `rows longer than a match reaches back are written`(width: Int) {
        var raster = Bitmap(size: .px(width, 3))
        for row in 0..<3 { raster.fill(columns: 7...width - 1000, row: row) }
        let expected = imageBytes(of: raster, .eight, .white)
        let data = imageData(MaskPNGEncoder.encode(raster))
        #expect(inflated(data, count: expected.count) == expected)
    }

    @Test(arguments: sizes, MaskPNGEncoder.BitDepth.allCases)
    func `the file is a signature, a header, data and an end`(size: PixelSize, bitDepth: MaskPNGEncoder.BitDepth) throws
    {
        let bytes = MaskPNGEncoder.encode(Bitmap.random(seed: 2, size: size), bitDepth: bitDepth)
        let chunks = try #require(PNGChunk.all(of: bytes))
        #expect(chunks.map(\.type) == ["IHDR", "IDAT", "IEND"])
        #expect(chunks.map(\.checksum) == chunks.map(\.expectedChecksum))
        // Gray, deflate, standard filters, not interlaced.
        let header = bigEndianBytes(size.width) + bigEndianBytes(size.height) + [UInt8(bitDepth.rawValue), 0, 0, 0, 0]
        #expect(chunks[0].data == header)
        #expect(chunks[2].data == [])
    }

    @Test func `an image too large for memory has its size in the header`() throws {
        var encoder = MaskPNGEncoder(bitDepth: .one)
        encoder.begin(.px(1_000_000, 999_999))
        let chunks = try #require(PNGChunk.all(of: encoder.takenBytes()))
        #expect(chunks.map(\.type) == ["IHDR"])
        #expect(chunks[0].data == [0, 0x0F, 0x42, 0x40, 0, 0x0F, 0x42, 0x3F, 1, 0, 0, 0, 0])
    }

    @Test(arguments: 0..<20, MaskPNGEncoder.BitDepth.allCases)
    func `an image in bands is the file of the whole`(seed: Int, bitDepth: MaskPNGEncoder.BitDepth) {
        let whole = Bitmap.random(seed: seed, size: .px(70, 24), percent: seed * 5)
        var random = RandomStream(seed: 15, use: .strokeChoice, index: UInt64(seed))
        var encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: .black)
        encoder.begin(whole.size)
        var row = 0
        while row < 24 {
            let height = 1 + random.uniform(below: min(9, 24 - row))
            encoder.append(whole.rows(row..<row + height))
            row += height
        }
        let expected = MaskPNGEncoder.encode(whole, bitDepth: bitDepth, holeColor: .black)
        #expect(encoder.finishedBytes() == expected)
    }

    @Test func `bytes taken on the way are those of the whole, in more chunks`() throws {
        // More tokens than a block has.
        let whole = Bitmap.random(seed: 3, size: .px(400, 400))
        var encoder = MaskPNGEncoder()
        encoder.begin(whole.size)
        var bytes = encoder.takenBytes()
        for row in stride(from: 0, to: 400, by: 50) {
            encoder.append(whole.rows(row..<row + 50))
            bytes += encoder.takenBytes()
        }
        bytes += encoder.finishedBytes()
        let chunks = try #require(PNGChunk.all(of: bytes))
        let data = chunks.filter { $0.type == "IDAT" }
        #expect(data.count > 2)
        #expect(chunks.map(\.checksum) == chunks.map(\.expectedChecksum))
        #expect(data.flatMap(\.data) == imageData(MaskPNGEncoder.encode(whole)))
        #expect(try PNGReader().raster(from: bytes) == whole)
    }

    @Test(arguments: MaskPNGEncoder.BitDepth.allCases, HoleColor.allCases)
    func `an encoder that wrote other images writes as a new one`(
        bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor
    ) {
        var used = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
        for (seed, size) in sizes.enumerated() {
            let raster = Bitmap.random(seed: seed, size: size)
            used.begin(size)
            // An image that nobody finishes, whose last row is the next image's first.
            for row in 0..<size.height - 1 { used.append(Bitmap.random(seed: row, size: .px(size.width, 1))) }
            used.append(raster.rows(0..<1))
            used.begin(size)
            used.append(raster)
            let expected = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
            #expect(used.finishedBytes() == expected)
        }
    }

    @Test(arguments: 1...70, MaskPNGEncoder.BitDepth.allCases)
    func `masks of every width up to 70 are read back by libpng`(width: Int, bitDepth: MaskPNGEncoder.BitDepth) throws {
        for holeColor in HoleColor.allCases {
            for percent in [0, 20, 60, 100] {
                let raster = Bitmap.random(seed: width, size: .px(width, 9), percent: percent)
                let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
                let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
                #expect(read == raster, "\(holeColor) hole, \(percent) %")
            }
        }
    }

    /// Rows of few, long spans that move, repeat the row above, or are empty: as those of masks.
    @Test(arguments: [1, 2, 64, 65, 255, 512, 513, 1025, 8191, 8192, 32_767], 0..<3)
    func `rows that change, repeat, or are empty have the pixels and the checksum of zlib`(width: Int, seed: Int) throws
    {
        let raster = Bitmap.strokeLike(seed: seed, size: .px(width, width > 2000 ? 8 : 100))
        for holeColor in HoleColor.allCases {
            for bitDepth in MaskPNGEncoder.BitDepth.allCases {
                let bytes = MaskPNGEncoder.encode(raster, bitDepth: bitDepth, holeColor: holeColor)
                let expected = imageBytes(of: raster, bitDepth, holeColor)
                #expect(inflated(imageData(bytes), count: expected.count) == expected)
                let read = try PNGReader(holeColor: holeColor).raster(from: bytes)
                #expect(read == raster, "\(holeColor) hole, \(bitDepth)")
            }
        }
    }

    @Test(arguments: 0..<12, MaskPNGEncoder.BitDepth.allCases)
    func `rows that repeat across bands are the file of the whole`(seed: Int, bitDepth: MaskPNGEncoder.BitDepth) {
        let whole = Bitmap.strokeLike(seed: seed, size: .px(512, 200))
        for holeColor in HoleColor.allCases {
            let expected = MaskPNGEncoder.encode(whole, bitDepth: bitDepth, holeColor: holeColor)
            for height in [1, 2, 3, 7, 64] {
                var encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
                encoder.begin(whole.size)
                for row in stride(from: 0, to: 200, by: height) {
                    encoder.append(whole.rows(row..<min(row + height, 200)))
                }
                #expect(encoder.finishedBytes() == expected, "bands of \(height) rows")
            }
        }
    }

    /// More bytes than one token and one stretch of the checksum hold: 2³⁰ and 2²⁴.
    @Test(arguments: MaskPNGEncoder.BitDepth.allCases)
    func `a black image of billions of pixels is inflated by zlib`(bitDepth: MaskPNGEncoder.BitDepth) throws {
        let height = bitDepth == .eight ? 1_100 : 8_800
        let band = SpanMask(size: .px(1_000_000, height / 11))
        var encoder = MaskPNGEncoder(bitDepth: bitDepth)
        encoder.begin(.px(1_000_000, height))
        for _ in 0..<11 { encoder.append(band) }
        let data = imageData(encoder.finishedBytes())
        let rowBytes = 1_000_000 * bitDepth.rawValue / 8 + 1
        #expect(inflatedLength(data) == rowBytes * height)
    }

    /// An image with rows of another width corrupted memory.
    @Test(arguments: MaskPNGEncoder.BitDepth.allCases)
    func `rows that are not those of the image stop the program`(bitDepth: MaskPNGEncoder.BitDepth) async {
        await #expect(processExitsWith: .failure) { [bits = bitDepth.rawValue as Int] in
            var encoder = MaskPNGEncoder(bitDepth: .init(rawValue: bits) ?? .one)
            encoder.append(SpanMask(size: .px(1, 1)))
        }
        for size in [PixelSize.px(9, 2), .px(100, 2), .px(8, 3)] {
            await #expect(processExitsWith: .failure) {
                [bits = bitDepth.rawValue as Int, width = size.width as Int, height = size.height as Int] in
                var encoder = MaskPNGEncoder(bitDepth: .init(rawValue: bits) ?? .one)
                encoder.begin(.px(8, 2))
                encoder.append(SpanMask(size: .px(width, height)))
            }
        }
        await #expect(processExitsWith: .failure) { [bits = bitDepth.rawValue as Int] in
            var encoder = MaskPNGEncoder(bitDepth: .init(rawValue: bits) ?? .one)
            var bytes: [UInt8] = []
            encoder.begin(.px(8, 2))
            encoder.append(SpanMask(size: .px(8, 1)))
            encoder.finish(into: &bytes)
        }
    }

    @Test(arguments: MaskPNGEncoder.BitDepth.allCases)
    func `a row that repeats the one above costs at most 5 bytes`(bitDepth: MaskPNGEncoder.BitDepth) {
        let line = Bitmap.random(seed: 4, size: .px(512, 1))
        var raster = Bitmap(size: .standard)
        for row in 0..<512 { raster.setRow(row, words: line.words) }
        let one = MaskPNGEncoder.encode(line, bitDepth: bitDepth).count
        let many = MaskPNGEncoder.encode(raster, bitDepth: bitDepth).count
        #expect(many - one <= 511 * 5)
    }
}

extension Bitmap {
    /// Rows of up to six spans, which the seed alone determines: most are like the row above, with ends that moved a little.
    fileprivate static func strokeLike(seed: Int, size: PixelSize) -> Bitmap {
        var random = RandomStream(seed: 0x57A0, use: .strokeChoice, index: UInt64(seed))
        var raster = Bitmap(size: size)
        var spans: [ClosedRange<Int>] = []
        for row in 0..<size.height {
            switch random.uniform(below: 12) {
            case 0: spans = []
            case 1:
                spans = (0..<random.uniform(below: 7)).map { _ in
                    let start = random.uniform(below: size.width)
                    return start...min(size.width - 1, start + random.uniform(below: 40))
                }
            case 2: spans = [0...size.width - 1]
            case 3...6: break
            default:
                spans = spans.map { span in
                    let start = max(0, span.lowerBound - 2 + random.uniform(below: 5))
                    return min(
                        start, size.width - 1)...max(
                            min(start, size.width - 1),
                            min(size.width - 1, span.upperBound - 3 + random.uniform(below: 7)))
                }
            }
            for span in spans { raster.fill(columns: span, row: row) }
        }
        return raster
    }

    /// Some rows as a raster.
    fileprivate func rows(_ rows: Range<Int>) -> Bitmap {
        var part = Bitmap(size: .px(size.width, rows.count))
        for row in rows {
            part.setRow(row - rows.lowerBound, words: words[row * wordsPerRow..<(row + 1) * wordsPerRow])
        }
        return part
    }
}

extension MaskPNGEncoder {
    fileprivate mutating func takenBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        takeBytes(into: &bytes)
        return bytes
    }

    fileprivate mutating func finishedBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        finish(into: &bytes)
        return bytes
    }
}
