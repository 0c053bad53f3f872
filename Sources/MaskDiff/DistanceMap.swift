import MaskModel
import MaskRaster

/// The squared distance from each pixel to the nearest pixel of a set, from center to center, in px².
///
/// The algorithm works on integers, so the result is exact: Meijster, Roerdink, and Hesselink, *A General Algorithm for
/// Computing Distance Transforms in Linear Time*, 2000.
struct DistanceMap {
    private let width: Int
    private let values: [Int]

    /// - Complexity: O(*n*) in the number of pixels, with 8 bytes per pixel: squared distances can exceed 32 bits.
    init(to set: Bitmap) {
        let (width, height) = (set.size.width, set.size.height)
        self.width = width
        // More than the distance between any two pixels.
        let far = Int32(width + height)
        var columns = [Int32](repeating: 0, count: width * height)
        // First pass, down and up all columns: the distance to the nearest pixel of the set in the same column.
        for row in 0..<height {
            for x in 0..<width {
                columns[row * width + x] = row > 0 ? min(columns[(row - 1) * width + x] + 1, far) : far
            }
            set.forEachHole(inRow: row) { columns[row * width + $0] = 0 }
        }
        for place in stride(from: width * (height - 1) - 1, through: 0, by: -1) {
            columns[place] = min(columns[place], columns[place + width] + 1)
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
            // Second pass: the lower envelope of the parabolas of the row's pixels.
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

    /// The squared distance from pixel (x, y) to the nearest pixel of the set; undefined if the set is empty.
    subscript(x: Int, y: Int) -> Int { values[y * width + x] }
}
