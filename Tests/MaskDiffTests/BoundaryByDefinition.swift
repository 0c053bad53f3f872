import MaskModel
import MaskRaster
import MaskSamples

// Boundary IoU and the Hausdorff distance as their papers define them, pixel by pixel: references for the fast ones.

/// A bitmap of a few brush strokes, with boundaries like those of masks.
func blobs(seed: Int, size: PixelSize) throws -> Bitmap {
    let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: size, widths: 3...20, margin: 8))
    var rasterizer = ExactRasterizer()
    return Bitmap(try rasterizer.raster(of: mask, at: size))
}

extension Bitmap {
    /// The pixels that `width` erosions by a square of 3×3 px remove; outside the image there is no hole.
    func bandByDefinition(width: Int) -> Bitmap {
        var eroded = self
        for _ in 0..<width { eroded = eroded.erodedOnce() }
        var band = Bitmap(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width where self[x, y] && !eroded[x, y] { band.fill(columns: x...x, row: y) }
        }
        return band
    }

    private func erodedOnce() -> Bitmap {
        var result = Bitmap(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isKept = (-1...1).allSatisfy { dy in (-1...1).allSatisfy { dx in self[x + dx, y + dy] } }
                if isKept { result.fill(columns: x...x, row: y) }
            }
        }
        return result
    }

    /// The numbers of pixels that are hole in this bitmap, in the other, and in both.
    func counts(with other: Bitmap) -> (mine: Int, others: Int, both: Int) {
        var counts = (mine: 0, others: 0, both: 0)
        for y in 0..<size.height {
            for x in 0..<size.width {
                if self[x, y] { counts.mine += 1 }
                if other[x, y] { counts.others += 1 }
                if self[x, y], other[x, y] { counts.both += 1 }
            }
        }
        return counts
    }

    /// The pixels of the hole with a neighbor above, below, to the left, or to the right that is not hole.
    private var boundaryPixels: [(x: Int, y: Int)] {
        var pixels: [(x: Int, y: Int)] = []
        for y in 0..<size.height {
            for x in 0..<size.width where self[x, y] {
                if !(self[x - 1, y] && self[x + 1, y] && self[x, y - 1] && self[x, y + 1]) { pixels.append((x, y)) }
            }
        }
        return pixels
    }

    /// The 95th percentile of the distances from each pixel of this boundary to the nearest of the other's.
    func percentile95(toBoundaryOf other: Bitmap) -> Double {
        let targets = other.boundaryPixels
        let distances = boundaryPixels.map { pixel in
            let nearest = targets.map { ($0.x - pixel.x) * ($0.x - pixel.x) + ($0.y - pixel.y) * ($0.y - pixel.y) }
                .min()
            return Double(nearest ?? 0).squareRoot()
        }
        .sorted()
        // The default of numpy.percentile: linear interpolation between the neighbors.
        let place = 0.95 * Double(distances.count - 1)
        let (below, above) = (distances[Int(place.rounded(.down))], distances[Int(place.rounded(.up))])
        return below + (above - below) * (place - place.rounded(.down))
    }
}
