import MaskRaster
import MaskSamples
import Testing

@testable import MaskGeneration
@testable import MaskModel

struct MaskGeneratorTests {
    /// Recipes whose masks are measured in every way: at once, in a search, at the border, and on a large canvas.
    private static let changes: [MaskSpecChanges] = {
        var plain = MaskSpecChanges()
        plain.canvas = .px(100, 80)
        var searched = plain
        searched.holeRatio = .within(0.2...0.3)
        var touching = searched
        touching.border = .touching
        var large = searched
        large.canvas = .px(2000, 700)
        return [plain, searched, touching, large]
    }()

    private func makeGenerator(_ spec: MaskSpec, keepsRaster: Bool) throws -> MaskGenerator<ListedStrokes> {
        guard
            let generator = MaskGenerator(
                spec: spec, seed: 1, split: .train, strokes: ListedStrokes.five, keepsRaster: keepsRaster)
        else { throw NoCategories() }
        return generator
    }

    @Test(arguments: changes.indices)
    func `masks do not depend on whether the generator keeps rasters, nor on the masks before`(number: Int) throws {
        let spec = try MaskSpec.standard.applying(Self.changes[number])
        var keeping = try makeGenerator(spec, keepsRaster: true)
        var measuring = try makeGenerator(spec, keepsRaster: false)
        var rasterizer = ExactRasterizer()
        for index in 0..<10 {
            let mask = try keeping.mask(index)
            let raster = try rasterizer.raster(of: mask.mask, at: spec.canvas)
            #expect(keeping.raster == raster)
            #expect(mask.holeRatio == raster.holeRatio)
            let again = try measuring.mask(index)
            #expect(again == mask)
            _ = try measuring.mask(90 - index)
        }
    }
}
