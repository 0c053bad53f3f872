public import MaskGeneration
public import MaskModel
public import PlaneGeometry

/// The strokes that masks are drawn from, by category, in memory: two bytes a point and 24 a stroke.
public struct StrokePool: StrokeSource, Hashable, Sendable {
    /// One category of the pool.
    struct Category: Hashable, Sendable {
        var word: String
        var drawingCount = 0
        /// Which of the pool's strokes are this category's.
        var strokes = 0..<0
    }

    /// The categories that have strokes, sorted by the UTF-8 bytes of their words.
    private(set) var categories: [Category]
    private var table: StrokeTable
    /// A hash of every word and drawing that was taken into the pool, in order: 16 hexadecimal digits, the same on
    /// every machine. Which strokes were chosen does not enter.
    public let fingerprint: String
    /// What the files had that was not taken.
    public let findings: SourceFindings

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// How many strokes all categories have together.
    ///
    /// - Complexity: O(categories)
    public var strokeCount: Int { categories.reduce(0) { $0 + $1.strokes.count } }
    /// How many drawings were taken of these categories, those without strokes included.
    ///
    /// - Complexity: O(categories)
    public var drawingCount: Int { categories.reduce(0) { $0 + $1.drawingCount } }

    /// How many categories have strokes; they are numbered from 0 in the order of `words`.
    public var categoryCount: Int { categories.count }

    /// How many strokes a category has, 1 or more; they are numbered from 0.
    public func strokeCount(inCategory category: Int) -> Int {
        categories[category].strokes.count
    }

    /// Appends the points of a stroke, in units of the drawing's 256 × 256 box, and returns where it comes from.
    ///
    /// - Complexity: O(points of the stroke)
    public func appendStroke(_ stroke: Int, inCategory category: Int, to points: inout [Point]) -> StrokeOrigin {
        let index = categories[category].strokes.lowerBound + stroke
        let entry = table.entries[index]
        points.append(coordinates: table.coordinates(of: index))
        return StrokeOrigin(word: categories[category].word, keyID: entry.keyID, stroke: entry.stroke)
    }

    /// The pool with only the categories whose words are given; its fingerprint stays that of the whole.
    public func restricted(to words: [String]) -> StrokePool {
        let expected = Set(words)
        var pool = self
        pool.categories.removeAll { !expected.contains($0.word) }
        return pool
    }

    /// Puts the drawings of several files together.
    ///
    /// A category that stands in several files takes its drawings in the order of `files`, each key once, and no more
    /// than `drawingLimit`.
    /// - Complexity: O(points)
    public init(_ files: [FileStrokes], drawingLimit: Int) {
        var runs: [String: [(part: Int, drawings: Range<Int>)]] = [:]
        for (number, part) in files.enumerated() {
            for run in part.runs { runs[run.word, default: []].append((number, run.drawings)) }
        }
        var hash = StableHash()
        categories = []
        table = StrokeTable()
        for word in runs.keys.sorted(by: CategorySplit.precedes) {
            let runs = runs[word, default: []]
            var category = Category(word: word)
            let isUnique = runs.allSatisfy { $0.part == runs[0].part && files[$0.part].hasUniqueKeys }
            var keys = KeySet(capacity: isUnique ? 0 : runs.reduce(0) { $0 + $1.drawings.count })
            let firstStroke = table.entries.count
            hash.combine(word)
            for (part, drawings) in runs {
                for drawing in files[part].drawings[drawings] where category.drawingCount < drawingLimit {
                    guard isUnique || keys.insert(drawing.keyID) else { continue }
                    category.drawingCount += 1
                    hash.combine(drawing.hash)
                    for stroke in drawing.strokes { table.append(files[part].table, stroke) }
                }
            }
            category.strokes = firstStroke..<table.entries.count
            if !category.strokes.isEmpty { categories.append(category) }
        }
        fingerprint = hash.value.hexadecimal
        findings = files.reduce(into: SourceFindings()) { $0 += $1.findings }
    }
}

/// What one file gives to a pool: its first drawings, and the strokes chosen of each.
public struct FileStrokes: Hashable, Sendable {
    struct DrawingEntry: Hashable, Sendable {
        let keyID: UInt64
        let hash: UInt64
        /// Which of the table's strokes were chosen of this drawing.
        let strokes: Range<Int>
    }

    /// Drawings of one word, one after the other.
    struct Run: Hashable, Sendable {
        let word: String
        var drawings: Range<Int>
    }

    private(set) var runs: [Run] = []
    private(set) var drawings: [DrawingEntry] = []
    private(set) var table = StrokeTable()
    /// What the file had that was not taken.
    package var findings = SourceFindings()
    private let choice: StrokeSelection

    /// Whether whoever adds drawings sees to it that each key of a word comes once.
    let hasUniqueKeys: Bool

    /// A part without drawings.
    ///
    /// - Parameters:
    ///   - strokesPerDrawing: how many strokes to choose of each drawing, at random; all of them if it has fewer.
    ///   - seed: with a drawing's key, determines the choice.
    public init(strokesPerDrawing: Int, seed: UInt64) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed, hasUniqueKeys: false)
    }

    package init(strokesPerDrawing: Int, seed: UInt64, hasUniqueKeys: Bool) {
        self.hasUniqueKeys = hasUniqueKeys
        choice = StrokeSelection(strokesPerDrawing: strokesPerDrawing, seed: seed)
    }

    /// How many drawings were added, those without strokes included.
    public var drawingCount: Int { drawings.count }

    /// Adds a drawing with the strokes chosen of it.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: Drawing) {
        let first = table.entries.count
        let choice = choice
        choice.forEachStroke(of: drawing) { stroke in
            table.append(drawing.strokeCoordinates(stroke), keyID: drawing.keyID, stroke: stroke)
        }
        drawings.append(
            DrawingEntry(keyID: drawing.keyID, hash: drawing.stableHash, strokes: first..<table.entries.count))
        if let last = runs.indices.last, runs[last].word == drawing.word {
            runs[last].drawings = runs[last].drawings.lowerBound..<drawings.count
        } else {
            runs.append(Run(word: drawing.word, drawings: drawings.count - 1..<drawings.count))
        }
    }
}

/// Strokes one after the other, with where each came from.
struct StrokeTable: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        let keyID: UInt64
        let stroke: Int
        /// Where the stroke's coordinates end; they begin where the entry before ends.
        let end: Int
    }

    private(set) var entries: [Entry] = []
    private var coordinates: [UInt8] = []

    func coordinates(of index: Int) -> ArraySlice<UInt8> {
        coordinates[(index > 0 ? entries[index - 1].end : 0)..<entries[index].end]
    }

    mutating func append(_ points: ArraySlice<UInt8>, keyID: UInt64, stroke: Int) {
        coordinates.append(contentsOf: points)
        entries.append(Entry(keyID: keyID, stroke: stroke, end: coordinates.count))
    }

    /// Adds stroke `index` of another table.
    mutating func append(_ other: StrokeTable, _ index: Int) {
        let entry = other.entries[index]
        append(other.coordinates(of: index), keyID: entry.keyID, stroke: entry.stroke)
    }
}
