import MaskModel
import MaskRaster

/// What a table says about the hole of a mask. The bands of a large image are added from top to bottom.
struct HoleStatistics: Hashable, Sendable {
    /// The size of the image.
    let size: PixelSize
    /// The number of hole pixels.
    private(set) var holeCount = 0
    /// Whether a pixel of the first or last row or column is hole.
    private(set) var touchesBorder = false
    /// The number of connected parts of the hole; pixels that share an edge or a corner are connected.
    private(set) var componentCount = 0

    private var row = 0
    /// The spans of the last row with the numbers of their parts.
    private var lastRow: [(span: PixelSpan, part: Int)] = []
    /// For each part, one that it is connected to, or itself.
    private var parents: [Int] = []

    init(of size: PixelSize) {
        self.size = size
    }

    /// The figures of a whole image.
    init(of mask: SpanMask) {
        self.init(of: mask.size)
        add(mask)
    }

    /// Adds the next rows.
    ///
    /// - Complexity: O(rows + spans), nearly
    mutating func add(_ band: SpanMask) {
        holeCount += band.holeCount
        let isLast = row + band.size.height == size.height
        if !touchesBorder { touchesBorder = band.hasHoleAtEdge(top: row == 0, bottom: isLast) }
        for y in 0..<band.size.height { addRow(band.spans(ofRow: y)) }
        row += band.size.height
    }

    private mutating func addRow(_ spans: ArraySlice<PixelSpan>) {
        var current: [(span: PixelSpan, part: Int)] = []
        current.reserveCapacity(spans.count)
        var first = 0
        for span in spans {
            // Spans that end before this one starts are connected to no later one either; those that end where it starts
            // share a corner with it.
            while first < lastRow.count, lastRow[first].span.end < span.start { first += 1 }
            var part: Int?
            var index = first
            while index < lastRow.count, lastRow[index].span.start <= span.end {
                let root = root(of: lastRow[index].part)
                if let known = part, known != root {
                    parents[root] = known
                    componentCount -= 1
                } else {
                    part = root
                }
                index += 1
            }
            if part == nil {
                part = parents.count
                parents.append(parents.count)
                componentCount += 1
            }
            current.append((span, part ?? 0))
        }
        lastRow = current
    }

    private mutating func root(of part: Int) -> Int {
        var part = part
        while parents[part] != part {
            // Halves the way for the next time.
            parents[part] = parents[parents[part]]
            part = parents[part]
        }
        return part
    }

    static func == (first: HoleStatistics, second: HoleStatistics) -> Bool {
        (first.size, first.holeCount, first.touchesBorder, first.componentCount)
            == (second.size, second.holeCount, second.touchesBorder, second.componentCount)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(holeCount)
    }
}
