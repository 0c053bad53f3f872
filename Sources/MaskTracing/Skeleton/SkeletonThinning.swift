/// Reduces a mask to its skeleton: lines of one pixel with the topology of the mask.
///
/// Pixels are removed in the order of their distance to the boundary, if that does not change the topology. Pixels of
/// the medial axis remain: those whose directions to the nearest boundary differ by more than 115° from a neighbor's.
/// So lines reach into the ends of strokes, but not into every corner of the boundary.
struct SkeletonThinning {
    private let width: Int
    private let distances: DistanceField
    /// 1 for pixels that remain.
    private(set) var pixels: [UInt8]

    /// Thins `mask`, whose last ring must be without hole.
    ///
    /// - Complexity: O(pixels) for typical masks
    init(_ mask: PaddedMask, _ distances: DistanceField) {
        width = mask.width
        self.distances = distances
        pixels = mask.pixels
        let anchors = medialAxis()
        thin(keeping: anchors, keepsEnds: false)
        // Anchors may be two pixels wide: they are thinned to lines, whose ends remain.
        thin(keeping: nil, keepsEnds: true)
    }

    /// Whether a pixel with these neighbors, clockwise from the top left in the lowest bits, can be removed: exactly one
    /// connected component of 8-neighbors, and a 4-neighbor without hole (Hilditch's crossing number is 1).
    private static let isSimple: [Bool] = (0..<256).map { code in
        var crossings = 0
        for direct in stride(from: 1, through: 7, by: 2) where code >> direct & 1 == 0 {
            if code >> ((direct + 1) & 7) & 1 == 1 || code >> ((direct + 2) & 7) & 1 == 1 { crossings += 1 }
        }
        return crossings == 1
    }

    /// Whether a pixel with these neighbors is the end of a line: of its pixels, one is next to it, or two are, which are
    /// adjacent. If only the former were ends, a line of two pixels' width would be removed from its end on.
    private static let isEnd: [Bool] = (0..<256).map { code in
        let count = code.nonzeroBitCount
        return count == 1 || count == 2 && code & (code << 1 | code >> 7) & 255 != 0
    }

    @inline(__always)
    private func neighborCode(_ index: Int) -> Int {
        let (above, below) = (index - width, index + width)
        var code = Int(pixels[above - 1]) | Int(pixels[above]) << 1 | Int(pixels[above + 1]) << 2
        code |= Int(pixels[index + 1]) << 3 | Int(pixels[below + 1]) << 4 | Int(pixels[below]) << 5
        code |= Int(pixels[below - 1]) << 6 | Int(pixels[index - 1]) << 7
        return code
    }

    /// 1 for each pixel with a neighbor from which the direction to the nearest boundary differs by more than 115°.
    private func medialAxis() -> [UInt8] {
        // cos² 115°, below a chord of 2.3 px between the boundary pixels, and from a distance of 1.3 px on.
        let squaredCosine = 0.1786
        let offsets = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]
        var anchors = [UInt8](repeating: 0, count: pixels.count)
        for index in pixels.indices where pixels[index] == 1 && distances.squares[index] >= 2 {
            let here = direction(at: index)
            let length = here.dx * here.dx + here.dy * here.dy
            for offset in offsets where pixels[index + offset] == 1 {
                let there = direction(at: index + offset)
                let product = here.dx * there.dx + here.dy * there.dy
                guard product < 0 else { continue }
                let chord = (x: here.dx - there.dx, y: here.dy - there.dy)
                guard chord.x * chord.x + chord.y * chord.y > 5 else { continue }
                let square = Double(length) * Double(there.dx * there.dx + there.dy * there.dy)
                if Double(product) * Double(product) >= squaredCosine * square {
                    anchors[index] = 1
                    break
                }
            }
        }
        return anchors
    }

    @inline(__always)
    private func direction(at index: Int) -> (dx: Int, dy: Int) {
        let other = Int(distances.nearest[index])
        return (other % width - index % width, other / width - index / width)
    }

    /// The rank of a squared distance: exact up to 64 px, in sixteenths of a pixel beyond, to bound the number of ranks.
    private static func rank(_ square: Int32) -> Int {
        square < 4096 ? Int(square) : 4096 + Int((Double(square).squareRoot() - 64) * 16)
    }

    private mutating func thin(keeping anchors: [UInt8]?, keepsEnds: Bool) {
        let offsets = [-width - 1, -width, -width + 1, 1, width + 1, width, width - 1, -1]
        // One queue for each rank of distance: a list in the order of arrival.
        let rankCount = Self.rank(distances.squares.max() ?? 0) + 1
        var heads = [Int32](repeating: -1, count: rankCount)
        var tails = heads
        var next = [Int32](repeating: -1, count: pixels.count)
        var isQueued = [Bool](repeating: false, count: pixels.count)
        var current = rankCount
        func enqueue(_ index: Int) {
            let rank = Self.rank(distances.squares[index])
            isQueued[index] = true
            next[index] = -1
            if heads[rank] < 0 { heads[rank] = Int32(index) } else { next[Int(tails[rank])] = Int32(index) }
            tails[rank] = Int32(index)
            current = min(current, rank)
        }
        for index in pixels.indices where pixels[index] == 1 && anchors?[index] != 1 {
            if Self.isSimple[neighborCode(index)] { enqueue(index) }
        }
        while current < rankCount {
            guard heads[current] >= 0 else {
                current += 1
                continue
            }
            let index = Int(heads[current])
            heads[current] = next[index]
            isQueued[index] = false
            let code = neighborCode(index)
            guard pixels[index] == 1, Self.isSimple[code] else { continue }
            if code == 0 || keepsEnds && Self.isEnd[code] { continue }
            pixels[index] = 0
            for offset in offsets where pixels[index + offset] == 1 && !isQueued[index + offset] {
                let neighbor = index + offset
                if anchors?[neighbor] != 1, Self.isSimple[neighborCode(neighbor)] { enqueue(neighbor) }
            }
        }
    }
}
