import MaskFormats
import MaskModel
import MaskRaster

/// The dependence of the hole ratio on the size at which masks are rasterized; it is small, because vectors scale.
struct ResolutionSensitivity: Hashable, Sendable {
    /// The longer sides of the images, in px.
    static let sides = [256, 512, 1024, 2048]
    /// The maximum number of masks to rasterize.
    static let sampleCount = 400

    /// The hole ratios of one mask by the exact rule, at each of `sides`.
    struct Row: Hashable, Sendable {
        let ratios: [Double]

        /// Nil if a side of an image would be shorter than half a pixel.
        init?(of record: MaskRecord, using scanner: inout MaskScanner) throws(RasterizerError) {
            let canvas = record.mask.canvas
            var ratios: [Double] = []
            for side in ResolutionSensitivity.sides {
                let factor = Double(side) / Double(max(canvas.width, canvas.height))
                guard let size = canvas.scaled(by: factor) else { return nil }
                ratios.append(try scanner.holeRatio(of: record, at: size))
            }
            self.ratios = ratios
        }
    }

    /// The number of masks.
    let maskCount: Int
    /// The mean hole ratio at each of `sides`.
    let means: [Double]
    /// At each of `sides`, the largest difference between the hole ratio of a mask and that of the same mask at the last.
    let largestDifferences: [Double]

    init(_ rows: [Row]) {
        maskCount = rows.count
        means = Self.sides.indices.map { side in
            rows.reduce(0) { $0 + $1.ratios[side] } / Double(max(rows.count, 1))
        }
        largestDifferences = Self.sides.indices.map { side in
            rows.map { ($0.ratios[side] - $0.ratios[Self.sides.count - 1]).magnitude }.max() ?? 0
        }
    }
}
