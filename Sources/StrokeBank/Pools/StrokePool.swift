public import MaskGeneration
public import MaskModel
public import PlaneGeometry

/// The strokes from which masks are made, by category, in memory: 2 bytes per point and 24 per stroke.
public struct StrokePool: StrokeSource, Hashable, Sendable {
    /// A category of the pool.
    struct Category: Hashable, Sendable {
        var word: String
        var drawingCount = 0
        /// The strokes of the category among those of the pool.
        var strokes = 0..<0
    }

    /// The categories that have strokes, sorted by the UTF-8 bytes of their words.
    private(set) var categories: [Category]
    private var packed: PackedStrokes
    /// A hash of the words and drawings of the pool, in order: 16 hexadecimal digits, the same on every machine. It
    /// does not depend on which strokes were sampled. `DrawingsDigest` defines it.
    public var fingerprint: String { digest.fingerprint }
    /// What identifies the drawings of the pool.
    package let digest: DrawingsDigest
    /// What the files contain that was not used.
    public let skippedContents: SkippedContents

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// The number of strokes of all categories.
    ///
    /// - Complexity: O(categories)
    public var strokeCount: Int { categories.reduce(0) { $0 + $1.strokes.count } }
    /// The number of drawings of these categories, including those without strokes.
    ///
    /// - Complexity: O(categories)
    public var drawingCount: Int { categories.reduce(0) { $0 + $1.drawingCount } }

    /// The number of categories with strokes; they are numbered from 0 in the order of `words`.
    public var categoryCount: Int { categories.count }

    /// The number of strokes of a category, 1 or more; they are numbered from 0.
    public func strokeCount(inCategory category: Int) -> Int {
        categories[category].strokes.count
    }

    /// Appends the points of a stroke, in units of the drawing's box of 256 × 256, and returns its origin. If there is no
    /// such stroke, the program stops.
    ///
    /// - Complexity: O(points of the stroke)
    public func appendStroke(_ stroke: Int, inCategory category: Int, to points: inout [Point]) -> StrokeOrigin {
        let strokes = categories[category].strokes
        // Beyond the last one are the strokes of the next category.
        precondition((0..<strokes.count).contains(stroke))
        let index = strokes.lowerBound + stroke
        let entry = packed.entries[index]
        points.append(coordinates: packed.coordinates(of: index))
        return StrokeOrigin(word: categories[category].word, keyID: entry.keyID, stroke: entry.stroke)
    }

    /// The pool with only the given categories; its fingerprint remains that of the whole pool.
    public func restricted(to words: [String]) -> StrokePool {
        let requested = Set(words)
        var pool = self
        pool.categories.removeAll { !requested.contains($0.word) }
        return pool
    }

    /// Combines the drawings of several files.
    ///
    /// A category in several files consists of its first `drawingLimit` drawings with different keys, in the order of
    /// `files`.
    /// - Complexity: O(points)
    public init(_ files: [SampledFileStrokes], drawingLimit: Int) {
        var runs: [String: [(file: Int, drawings: Range<Int>)]] = [:]
        for (number, file) in files.enumerated() {
            var start = 0
            for run in file.runs {
                runs[run.word, default: []].append((number, start..<run.end))
                start = run.end
            }
        }
        var digest = DrawingsDigest()
        categories = []
        packed = PackedStrokes()
        for word in runs.keys.sorted(by: CategorySplit.precedes) {
            let runs = runs[word, default: []]
            var category = Category(word: word)
            let isUnique = runs.allSatisfy { $0.file == runs[0].file && files[$0.file].hasUniqueKeys }
            var keys = KeySet(capacity: isUnique ? 0 : runs.reduce(0) { $0 + $1.drawings.count })
            let firstStroke = packed.entries.count
            var hashes = DrawingsDigest.Category(word: word)
            for (file, drawings) in runs {
                for index in drawings where category.drawingCount < drawingLimit {
                    let drawing = files[file].drawings[index]
                    guard isUnique || keys.insert(drawing.keyID) else { continue }
                    category.drawingCount += 1
                    hashes.add(hash: drawing.hash, isFromQuickDraw: drawing.isFromQuickDraw)
                    for stroke in files[file].strokes(ofDrawing: index) { packed.append(files[file].packed, stroke) }
                }
            }
            digest.add(hashes)
            category.strokes = firstStroke..<packed.entries.count
            if !category.strokes.isEmpty { categories.append(category) }
        }
        self.digest = digest
        skippedContents = files.reduce(into: SkippedContents()) { $0 += $1.skippedContents }
    }
}
