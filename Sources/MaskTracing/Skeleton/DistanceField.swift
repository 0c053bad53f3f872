/// The exact Euclidean distance from each hole pixel to the nearest pixel that is not hole, from center to center.
///
/// Felzenszwalb and Huttenlocher, *Distance Transforms of Sampled Functions*, 2012, in integers: first along columns,
/// then the lower envelope of parabolas along rows.
struct DistanceField {
    let width: Int
    /// The squares of the distances, in px²; 0 where there is no hole.
    let squares: [Int32]
    /// The index of a nearest pixel that is not hole.
    let nearest: [Int32]

    /// Measures a mask, of which at least one pixel of every row or column must not be hole.
    ///
    /// - Complexity: O(pixels)
    init(_ mask: PaddedMask) {
        let (width, height) = (mask.width, mask.height)
        self.width = width
        // The row of the nearest pixel without hole in the same column; far away if there is none.
        let far = Int32(width + height)
        var columnNearest = [Int32](repeating: 0, count: width * height)
        for x in 0..<width {
            var last = -far
            for y in 0..<height {
                if mask.pixels[y * width + x] == 0 { last = Int32(y) }
                columnNearest[y * width + x] = last
            }
            last = far
            for y in stride(from: height - 1, through: 0, by: -1) {
                let index = y * width + x
                if mask.pixels[index] == 0 { last = Int32(y) }
                let above = columnNearest[index]
                if last - Int32(y) < Int32(y) - above { columnNearest[index] = last }
            }
        }
        var squares = [Int32](repeating: 0, count: width * height)
        var nearest = [Int32](repeating: 0, count: width * height)
        // Parabolas of the lower envelope, by their columns, and the first column where each is the lowest.
        var sites = [Int](repeating: 0, count: width)
        var starts = [Int](repeating: 0, count: width)
        var heights = [Int](repeating: 0, count: width)
        for y in 0..<height {
            let row = y * width
            for x in 0..<width {
                let dy = Int(columnNearest[row + x]) - y
                heights[x] = dy * dy
            }
            var top = -1
            for x in 0..<width {
                while top >= 0 {
                    let site = sites[top]
                    let start = starts[top]
                    let old = (start - site) * (start - site) + heights[site]
                    let new = (start - x) * (start - x) + heights[x]
                    if old > new { top -= 1 } else { break }
                }
                if top < 0 {
                    top = 0
                    sites[0] = x
                    starts[0] = 0
                } else {
                    let site = sites[top]
                    // The first column where the new parabola is lower.
                    let numerator = x * x - site * site + heights[x] - heights[site]
                    let divisor = 2 * (x - site)
                    let start = (numerator >= 0 ? numerator / divisor : -((-numerator + divisor - 1) / divisor)) + 1
                    if start < width {
                        top += 1
                        sites[top] = x
                        starts[top] = max(start, 0)
                    }
                }
            }
            for x in stride(from: width - 1, through: 0, by: -1) {
                let site = sites[top]
                squares[row + x] = Int32((x - site) * (x - site) + heights[site])
                nearest[row + x] = columnNearest[row + site] * Int32(width) + Int32(site)
                if x == starts[top] { top -= 1 }
                if top < 0 { top = 0 }
            }
        }
        self.squares = squares
        self.nearest = nearest
    }

    /// Returns the distance at an index, in px.
    func distance(at index: Int) -> Double { Double(squares[index]).squareRoot() }
}
