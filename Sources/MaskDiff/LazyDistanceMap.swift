import MaskModel
import MaskRaster

/// Distances to a set of pixels, with a distance map that is only computed if it is needed.
///
/// Nearly equal masks share most of their boundaries, and need no map.
struct LazyDistanceMap {
    private let set: Bitmap
    private var map: DistanceMap?

    /// - Parameter set: At least one pixel.
    init(to set: Bitmap) {
        self.set = set
    }

    /// The 95th percentile, with linear interpolation, of the distances from the pixels of `others`, in px.
    ///
    /// - Parameter others: At least one pixel.
    mutating func percentile95(from others: Bitmap) -> Double {
        let count = others.holeCount
        let place = 0.95 * Double(count - 1)
        let low = Int(place)
        let high = min(low + 1, count - 1)
        // Shared pixels have distance 0, and are first in order.
        let outside = others.subtracting(set)
        let sharedCount = count - outside.holeCount
        if high < sharedCount { return 0 }
        var distances = [Double](repeating: 0, count: sharedCount)
        let map = computedMap()
        outside.forEachHole { distances.append(Double(map[$0, $1]).squareRoot()) }
        distances.sort()
        return distances[low] + (distances[high] - distances[low]) * (place - Double(low))
    }

    /// The number of pixels of `others` within `limit` px.
    mutating func count(of others: Bitmap, within limit: Double) -> Int {
        let reach = Int(min(limit, Double(set.size.width + set.size.height)))
        let squaredLimit = limit * limit
        var count = 0
        // For few pixels, a search of the neighborhood of each is faster than a map.
        if others.holeCount * (2 * reach + 1) * (2 * reach + 1) < set.size.area {
            others.forEachHole { if set.hasHole(within: squaredLimit, reach: reach, ofX: $0, y: $1) { count += 1 } }
        } else {
            let map = computedMap()
            others.forEachHole { if Double(map[$0, $1]) <= squaredLimit { count += 1 } }
        }
        return count
    }

    private mutating func computedMap() -> DistanceMap {
        let computed = map ?? DistanceMap(to: set)
        map = computed
        return computed
    }
}

extension Bitmap {
    /// Whether a pixel of the hole is within √`squaredLimit` px of pixel (x, y).
    ///
    /// - Parameter reach: That distance in px, rounded down.
    fileprivate func hasHole(within squaredLimit: Double, reach: Int, ofX x: Int, y: Int) -> Bool {
        for dy in -reach...reach {
            for dx in -reach...reach where Double(dx * dx + dy * dy) <= squaredLimit && self[x + dx, y + dy] {
                return true
            }
        }
        return false
    }
}
