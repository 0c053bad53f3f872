import MaskDataset
import MaskFormats
import MaskModel
import PlaneGeometry

/// The totals of many masks, in whole numbers, whose sums do not depend on their order.
struct ReportTotals: Hashable, Sendable {
    /// The use of a word's strokes.
    struct WordCount: Hashable, Sendable {
        /// The number of brush strokes; the pieces of a stroke that the crop cuts are counted singly.
        var strokes = 0
        /// The number of masks with at least one of them.
        var masks = 0
        /// The number of those masks in each split.
        var splits: [Split: Int] = [:]
    }

    private(set) var vectorCount = 0
    private(set) var sizes: [PixelSize: Int] = [:]
    private(set) var ratios = HoleRatioCounts()
    private(set) var heatMaps: [HeatMapGrid.Shape: HeatMap] = [:]
    /// Brush strokes per vector mask.
    private(set) var strokes = Histogram(significantBits: significantBits)
    /// Points per brush stroke.
    private(set) var points = Histogram(significantBits: significantBits)
    /// Widths of brush strokes, in 0.01 px of the canvas.
    private(set) var widths = Histogram(significantBits: significantBits)
    /// Charts with bars of 0.01 px need widths below 655.36 px to be exact.
    private static let significantBits = 16
    private(set) var directions = DirectionHistogram()
    private(set) var words: [String: WordCount] = [:]

    mutating func add(_ mask: ScannedMask, cellCounts: [Int], of grid: HeatMapGrid) {
        sizes[mask.size, default: 0] += 1
        ratios.add(holeCount: mask.holeCount, area: mask.size.area, touchesBorder: mask.touchesBorder)
        heatMaps[grid.shape, default: HeatMap()].add(cellCounts, of: grid)
        guard let record = mask.record else { return }
        vectorCount += 1
        strokes.add(record.mask.strokes.count)
        var wordsOfMask: [String] = []
        for stroke in record.mask.strokes {
            points.add(stroke.path.points.count)
            widths.add(Int((stroke.width * 100).rounded()))
            directions.add(stroke.path)
            guard let word = stroke.origin?.word else { continue }
            let isFirst = !wordsOfMask.contains(word)
            words[word, default: WordCount()].add(isFirstOfMask: isFirst, split: mask.split)
            if isFirst { wordsOfMask.append(word) }
        }
    }

    mutating func add(_ other: ReportTotals) {
        vectorCount += other.vectorCount
        sizes.merge(other.sizes, uniquingKeysWith: +)
        ratios.add(other.ratios)
        for (shape, map) in other.heatMaps { heatMaps[shape, default: HeatMap()].add(map) }
        strokes += other.strokes
        points += other.points
        widths += other.widths
        directions.add(other.directions)
        for (word, count) in other.words { words[word, default: WordCount()].add(count) }
    }
}

extension ReportTotals.WordCount {
    fileprivate mutating func add(isFirstOfMask: Bool, split: Split?) {
        strokes += 1
        guard isFirstOfMask else { return }
        masks += 1
        if let split { splits[split, default: 0] += 1 }
    }

    fileprivate mutating func add(_ other: Self) {
        strokes += other.strokes
        masks += other.masks
        splits.merge(other.splits, uniquingKeysWith: +)
    }
}
