import MaskModel
import MaskRaster

/// For every pixel the squared distance to the nearest pixel of a set, centre to centre, in px².
///
/// Meijster, Roerdink and Hesselink, *A General Algorithm for Computing Distance Transforms in Linear Time* (2000): whole
/// numbers throughout, hence exact.
struct DistanceMap {
    private let width: Int
    private let values: [Int]

    /// - Complexity: O(pixels); 8 bytes a pixel, as the squares of a long raster take more than 32 bits
    init(to set: Raster) {
        let (width, height) = (set.size.width, set.size.height)
        self.width = width
        // Farther than any two pixels are from each other.
        let far = width + height
        var columns = [Int32](repeating: 0, count: width * height)
        // Down and up each column: the distance to the nearest pixel of the set above or below.
        for x in 0..<width {
            var distance = far
            for y in 0..<height {
                distance = set[x, y] ? 0 : min(distance + 1, far)
                columns[y * width + x] = Int32(distance)
            }
            for y in stride(from: height - 2, through: 0, by: -1) {
                distance = min(Int(columns[y * width + x]), Int(columns[(y + 1) * width + x]) + 1)
                columns[y * width + x] = Int32(distance)
            }
        }
        var values = [Int](repeating: 0, count: width * height)
        var sites = [Int](repeating: 0, count: width)
        var starts = [Int](repeating: 0, count: width)
        for y in 0..<height {
            let row = y * width
            func squaredDistance(x: Int, site: Int) -> Int {
                let dy = Int(columns[row + site])
                return (x - site) * (x - site) + dy * dy
            }
            // The lower envelope of the parabolas that stand on the row's pixels.
            var top = 0
            sites[0] = 0
            starts[0] = 0
            for x in 1..<max(width, 1) {
                while top >= 0,
                    squaredDistance(x: starts[top], site: sites[top]) > squaredDistance(x: starts[top], site: x)
                {
                    top -= 1
                }
                if top < 0 {
                    top = 0
                    sites[0] = x
                    continue
                }
                let site = sites[top]
                let (near, far) = (Int(columns[row + site]), Int(columns[row + x]))
                let crossing = (x * x - site * site + far * far - near * near) / (2 * (x - site)) + 1
                if crossing < width {
                    top += 1
                    sites[top] = x
                    starts[top] = crossing
                }
            }
            for x in stride(from: width - 1, through: 0, by: -1) {
                values[row + x] = squaredDistance(x: x, site: sites[top])
                if x == starts[top] { top -= 1 }
            }
        }
        self.values = values
    }

    /// The squared distance from pixel (x, y) to the nearest of the set; meaningless if the set is empty.
    subscript(x: Int, y: Int) -> Int { values[y * width + x] }
}
