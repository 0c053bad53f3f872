import MaskModel
import MaskRaster
import MaskSamples
import Testing

@testable import MaskDataset

struct RunLengthEncodingTests {
    private func raster(_ art: String) throws -> Bitmap {
        try #require(Bitmap(asciiArt: art))
    }

    @Test(
        arguments: [
            ("...\n...", [6]), ("###\n###", [0, 6]), ("#..\n...", [0, 1, 5]), ("..#\n..#", [4, 2]),
            // Runs continue from the bottom of a column to the top of the next.
            (".#.\n#..", [1, 2, 3]), ("#.#\n.#.", [0, 1, 2, 2, 1]),
        ] as [(String, [Int])])
    func `runs follow the columns downward, and the first is without hole`(art: String, runs: [Int]) throws {
        #expect(RunLengthEncoding(try raster(art)).runs == runs)
    }

    @Test(arguments: 0..<30) func `runs are those of a scan of all pixels`(seed: UInt64) throws {
        let size = PixelSize.px(60 + Int(seed) * 5, 1 + Int(seed) * 3)
        var raster = Bitmap(size: size)
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        for y in 0..<size.height {
            for x in 0..<size.width {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Long runs and short ones.
                if state >> 61 < seed % 8 { raster.fill(columns: x...min(x + 2, size.width - 1), row: y) }
            }
        }
        var runs = [0]
        var isHole = false
        for x in 0..<size.width {
            for y in 0..<size.height {
                if raster[x, y] != isHole {
                    isHole.toggle()
                    runs.append(0)
                }
                runs[runs.count - 1] += 1
            }
        }
        #expect(RunLengthEncoding(raster).runs == runs)
    }

    @Test func `the text is the same as that of pycocotools`() throws {
        // mask.encode of the same pixels.
        #expect(RunLengthEncoding(try raster("#.#\n.#.")).text == "0121O")
        #expect(RunLengthEncoding(Bitmap(size: .px(512, 512))).text == "PPP8")
    }

    @Test func `the bounding box of a hole is tight`() throws {
        let bounds = { (art: String) throws -> [Int] in
            let box = try self.raster(art).holeBounds
            return [box.x, box.y, box.width, box.height]
        }
        #expect(try bounds("....\n..#.\n.#..") == [1, 1, 2, 2])
        #expect(try bounds("....\n....") == [0, 0, 0, 0])
        var wide = Bitmap(size: .px(200, 3))
        wide.fill(columns: 60...130, row: 2)
        let box = wide.holeBounds
        #expect((box.x, box.y, box.width, box.height) == (60, 2, 71, 1))
    }
}
