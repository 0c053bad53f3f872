import MaskModel
import MaskRaster

/// For every pixel the squared distance to the nearest pixel of a set, center to center, in px².
///
/// Meijster, Roerdink and Hesselink, *A General Algorithm for Computing Distance Transforms in Linear Time* (2000): whole
/// numbers throughout, hence exact.
struct DistanceMap {
    private let width: Int
    private let values: [Int]

    /// - Complexity: O(pixels); 8 bytes a pixel, as the squares of a long raster take more than 32 bits
    init(to set: Bitmap) {
        let (width, height) = (set.size.width, set.size.height)
        self.width = width
        // Farther than any two pixels are from each other.
        let far = Int32(width + height)
        var columns = [Int32](repeating: 0, count: width * height)
        // Down and up the columns, row by row: the distance to the nearest pixel of the set above or below.
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

/// The distances to the pixels of a set, of which a map is made only once one is needed.
///
/// Two masks that are nearly the same share nearly all of their boundary, and then it is not.
struct LazyDistanceMap {
    private let set: Bitmap
    private var map: DistanceMap?

    /// - Parameter set: at least one pixel.
    init(to set: Bitmap) {
        self.set = set
    }

    /// The 95th percentile of the distances from the pixels of `others`, with linear interpolation, in px.
    ///
    /// - Parameter others: at least one pixel.
    mutating func percentile95(from others: Bitmap) -> Double {
        let count = others.holeCount
        let place = 0.95 * Double(count - 1)
        let low = Int(place)
        let high = min(low + 1, count - 1)
        // The shared pixels are the least distant ones.
        let outside = others.subtracting(set)
        let sharedCount = count - outside.holeCount
        if high < sharedCount { return 0 }
        var distances = [Double](repeating: 0, count: sharedCount)
        let map = madeMap()
        outside.forEachHole { distances.append(Double(map[$0, $1]).squareRoot()) }
        distances.sort()
        return distances[low] + (distances[high] - distances[low]) * (place - Double(low))
    }

    /// How many pixels of `others` are no farther than `limit` px.
    mutating func count(of others: Bitmap, within limit: Double) -> Int {
        let reach = Int(min(limit, Double(set.size.width + set.size.height)))
        let squaredLimit = limit * limit
        var count = 0
        // A few pixels are looked up in the neighborhood of each, many in a map.
        if others.holeCount * (2 * reach + 1) * (2 * reach + 1) < set.size.area {
            others.forEachHole { if set.hasHole(within: squaredLimit, reach: reach, ofX: $0, y: $1) { count += 1 } }
        } else {
            let map = madeMap()
            others.forEachHole { if Double(map[$0, $1]) <= squaredLimit { count += 1 } }
        }
        return count
    }

    private mutating func madeMap() -> DistanceMap {
        let made = map ?? DistanceMap(to: set)
        map = made
        return made
    }
}

extension Bitmap {
    /// Whether a pixel of the hole is within the root of `squaredLimit`, in px², of pixel (x, y).
    ///
    /// - Parameter reach: the whole px of that distance.
    fileprivate func hasHole(within squaredLimit: Double, reach: Int, ofX x: Int, y: Int) -> Bool {
        for dy in -reach...reach {
            for dx in -reach...reach where Double(dx * dx + dy * dy) <= squaredLimit && self[x + dx, y + dy] {
                return true
            }
        }
        return false
    }
}
