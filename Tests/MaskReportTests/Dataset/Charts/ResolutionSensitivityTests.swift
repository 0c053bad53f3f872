import MaskFormats
import MaskModel
import MaskRaster
import PlaneGeometry
import PNGCodec
import Testing

@testable import MaskReport

struct ResolutionSensitivityTests {
    private func record(width: Int, height: Int, strokeWidth: Double) throws -> MaskRecord {
        let canvas = try #require(PixelSize(width: width, height: height))
        let path = Polyline([Point(x: 0, y: Double(height) / 2), Point(x: Double(width), y: Double(height) / 2)])
        return MaskRecord(mask: VectorMask(canvas: canvas, strokes: [try BrushStroke(path: path, width: strokeWidth)]))
    }

    @Test func `a stroke across the canvas has the same hole ratio at any size`() throws {
        var scanner = MaskScanner(reader: PNGReader())
        let record = try record(width: 512, height: 256, strokeWidth: 64)
        let row = try #require(try ResolutionSensitivity.Row(of: record, using: &scanner))
        #expect(row.ratios == [0.25, 0.25, 0.25, 0.25])
    }

    @Test func `a stroke that is thinner than a pixel of the coarsest image differs there`() throws {
        var scanner = MaskScanner(reader: PNGReader())
        // At 256 px, pixel centers are 2 px of the canvas apart, and 1 px away from the middle.
        let thin = try record(width: 512, height: 512, strokeWidth: 1)
        let wide = try record(width: 512, height: 512, strokeWidth: 128)
        let rows = try [thin, wide].compactMap { try ResolutionSensitivity.Row(of: $0, using: &scanner) }
        let drift = ResolutionSensitivity(rows)
        #expect(drift.maskCount == 2)
        // Of 256 rows none is hole, of 512 two, of 1,024 two, of 2,048 four.
        #expect(rows[0].ratios == [0, 0.00390625, 0.001953125, 0.001953125])
        #expect(drift.means == [0.125, 0.126953125, 0.1259765625, 0.1259765625])
        #expect(drift.largestDifferences == [0.001953125, 0.001953125, 0, 0])
    }
}
