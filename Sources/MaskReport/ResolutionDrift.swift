import MaskFormats
import MaskModel
import MaskRaster

/// How the hole ratio depends on the size at which masks are drawn: little, as a vector is the same at any.
struct ResolutionDrift: Hashable, Sendable {
    /// The longest sides of the images, in px.
    static let sides = [256, 512, 1024, 2048]
    /// Of how many masks the means are, at most.
    static let sampleCount = 400

    /// The hole ratios by the exact rule of one mask at each of `sides`.
    struct Row: Hashable, Sendable {
        let ratios: [Double]

        /// Nil if a side of an image would be less than half a pixel.
        init?(of record: MaskRecord, using scanner: inout MaskScanner) throws(RasterizerError) {
            let canvas = record.mask.canvas
            var ratios: [Double] = []
            for side in ResolutionDrift.sides {
                let factor = Double(side) / Double(max(canvas.width, canvas.height))
                guard let size = canvas.scaled(by: factor) else { return nil }
                ratios.append(try scanner.holeRatio(of: record, at: size))
            }
            self.ratios = ratios
        }
    }

    /// How many masks were drawn at each size.
    let maskCount: Int
    /// The mean hole ratio at each of `sides`.
    let means: [Double]
    /// For each of `sides`, how far the ratio of one mask is from its own at the last, at most.
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
