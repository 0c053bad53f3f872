import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

/// The image of one stroke at the size of its canvas.
private func art(_ canvas: PixelSize, through points: (Double, Double)..., width: Double) throws -> String {
    let stroke = try BrushStroke(path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width)
    var rasterizer = ExactRasterizer()
    return try rasterizer.raster(of: VectorMask(canvas: canvas, strokes: [stroke]), at: canvas).asciiArt
}

@Suite struct ExactRasterizerTests {
    @Test func `a mask without strokes has no hole`() throws {
        var rasterizer = ExactRasterizer()
        let raster = try rasterizer.raster(of: VectorMask(canvas: .px(4, 2), strokes: []), at: .px(4, 2))
        #expect(raster.asciiArt == "....\n....")
    }

    @Test func `a round brush has round ends`() throws {
        let image = try art(.px(9, 5), through: (2.5, 2.5), (6.5, 2.5), width: 4)
        #expect(
            image == """
                ..#####..
                .#######.
                #########
                .#######.
                ..#####..
                """)
    }

    @Test func `a join is round`() throws {
        let image = try art(.px(8, 8), through: (-9, 4.5), (3.5, 4.5), (3.5, 20), width: 6)
        #expect(
            image == """
                ........
                ####....
                ######..
                ######..
                #######.
                #######.
                #######.
                #######.
                """)
    }

    @Test func `a dot is a disc`() throws {
        let image = try art(.px(5, 5), through: (2.5, 2.5), width: 4.5)
        #expect(
            image == """
                .###.
                #####
                #####
                #####
                .###.
                """)
    }

    @Test func `a stroke between two equal points is a dot`() throws {
        let image = try art(.px(3, 3), through: (1.5, 1.5), (1.5, 1.5), width: 2)
        #expect(image == ".#.\n###\n.#.")
    }

    @Test func `a dot between four centers covers none of them below a radius of √½`() throws {
        let below = try art(.px(4, 4), through: (2, 2), width: 1.41)
        let above = try art(.px(4, 4), through: (2, 2), width: 1.42)
        #expect(below == "....\n....\n....\n....")
        #expect(above == "....\n.##.\n.##.\n....")
    }

    @Test func `a center at exactly half the width is hole`() throws {
        let vertical = try art(.px(5, 2), through: (2, -9), (2, 9), width: 1)
        let horizontal = try art(.px(2, 5), through: (-9, 2), (9, 2), width: 1)
        let slanted = try art(.px(6, 6), through: (0.5, 2.5), (3.5, 6.5), width: 4)
        #expect(vertical == ".##..\n.##..")
        #expect(horizontal == "..\n##\n##\n..\n..")
        // By a 3-4-5 triangle, the center (4.5, 4.5) is exactly 2 px from the path.
        #expect(
            slanted == """
                #.....
                ##....
                ###...
                ####..
                #####.
                #####.
                """)
    }

    @Test func `a width of 0.01 px is hole where the path crosses centers`() throws {
        let through = try art(.px(5, 3), through: (1, 1.5), (4, 1.5), width: 0.01)
        let beside = try art(.px(5, 3), through: (1, 1.52), (4, 1.52), width: 0.01)
        let diagonal = try art(.px(4, 4), through: (0, 0), (4, 4), width: 0.01)
        #expect(through == ".....\n.###.\n.....")
        #expect(beside == ".....\n.....\n.....")
        #expect(diagonal == "#...\n.#..\n..#.\n...#")
    }

    @Test func `the gap between the arms of a hairpin is not hole`() throws {
        let image = try art(.px(9, 7), through: (-5, 1), (5, 1), (5, 6), (-5, 6), width: 4)
        #expect(
            image == """
                #######..
                #######..
                #######..
                ...####..
                #######..
                #######..
                #######..
                """)
    }

    @Test func `strokes outside the image leave it empty`() throws {
        let left = try art(.px(3, 3), through: (-5, -5), (-5, 9), width: 10.9)
        let right = try art(.px(3, 3), through: (8, -5), (8, 9), width: 10.9)
        let above = try art(.px(3, 3), through: (-5, -0.6), (9, -0.6), width: 2.1)
        let below = try art(.px(3, 3), through: (1.5, 4), width: 2.9)
        for image in [left, right, above, below] { #expect(image == "...\n...\n...") }
    }

    @Test func `a dot of the maximum width fills the image up to its radius`() throws {
        let full = try art(.px(3, 2), through: (-1_000_000, 2_000_000), width: 10_000_000)
        let half = try art(.px(3, 2), through: (-4_999_998.5, 1), width: 10_000_000)
        let none = try art(.px(3, 2), through: (-3_000_010, 4_000_010), width: 10_000_000)
        #expect(full == "###\n###")
        #expect(half == "#..\n#..")
        #expect(none == "...\n...")
    }

    @Test func `a line between points at the coordinate limit has its full width`() throws {
        let image = try art(.px(4, 5), through: (-10_000_000, 2.5), (10_000_000, 2.5), width: 2)
        let diagonal = try art(.px(4, 4), through: (-10_000_000, -10_000_000), (10_000_000, 10_000_000), width: 1.5)
        #expect(image == "....\n####\n####\n####\n....")
        #expect(diagonal == "##..\n###.\n.###\n..##")
    }

    @Test func `an image of twice the size is the same mask at twice the resolution`() throws {
        let mask = try VectorMask(.px(4, 3), through: (2, 1.5), width: 2)
        var rasterizer = ExactRasterizer()
        let same = try rasterizer.raster(of: mask, at: .px(4, 3))
        let fine = try rasterizer.raster(of: mask, at: .px(8, 6))
        #expect(same.asciiArt == "....\n.##.\n....")
        #expect(
            fine.asciiArt == """
                ........
                ...##...
                ..####..
                ..####..
                ...##...
                ........
                """)
    }

    @Test func `an image of another aspect ratio is stretched`() throws {
        let mask = try VectorMask(.px(4, 4), through: (2, 2), width: 3)
        var rasterizer = ExactRasterizer()
        let wide = try rasterizer.raster(of: mask, at: .px(8, 4))
        #expect(wide.asciiArt == "........\n.######.\n.######.\n........")
    }
}
