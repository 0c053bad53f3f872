import MaskFormats
import MaskModel
import PlaneGeometry

/// What many masks add up to: whole numbers, so that parts of them add up to the same in any order.
struct MaskTally: Hashable, Sendable {
    /// How often a word's strokes were taken.
    struct WordCount: Hashable, Sendable {
        /// Brush strokes, pieces that the crop made counted each.
        var strokes = 0
        /// Masks that have one or more of them.
        var masks = 0
        /// Those of these masks that belong to each split.
        var splits: [Split: Int] = [:]
    }

    private(set) var vectorCount = 0
    private(set) var sizes: [PixelSize: Int] = [:]
    private(set) var ratios = RatioCounts()
    private(set) var heatMaps: [CellGrid.Shape: HeatMap] = [:]
    /// Brush strokes of a vector mask.
    private(set) var strokes = Tally()
    /// Points of a brush stroke.
    private(set) var points = Tally()
    /// Widths of brush strokes, in 0.01 px of the canvas.
    private(set) var widths = Tally()
    private(set) var directions = Directions()
    private(set) var words: [String: WordCount] = [:]

    mutating func add(_ mask: ScannedMask, cellCounts: [Int], of grid: CellGrid) {
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

    mutating func add(_ other: MaskTally) {
        vectorCount += other.vectorCount
        sizes.merge(other.sizes, uniquingKeysWith: +)
        ratios.add(other.ratios)
        for (shape, map) in other.heatMaps { heatMaps[shape, default: HeatMap()].add(map) }
        strokes.add(other.strokes)
        points.add(other.points)
        widths.add(other.widths)
        directions.add(other.directions)
        for (word, count) in other.words { words[word, default: WordCount()].add(count) }
    }
}

extension MaskTally.WordCount {
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
