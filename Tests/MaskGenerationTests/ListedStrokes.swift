@testable import MaskGeneration
import MaskModel
import PlaneGeometry

/// A stroke source for tests: lists of strokes by category. Category *c* has the word `word c`, and its stroke *s* is from
/// a drawing with the key 1000·*c* + *s*.
struct ListedStrokes: StrokeSource {
    var categories: [[Polyline]]

    var categoryCount: Int { categories.count }

    func strokeCount(inCategory category: Int) -> Int { categories[category].count }

    func appendStroke(_ stroke: Int, inCategory category: Int, to points: inout [Point]) -> StrokeOrigin {
        points += categories[category][stroke].points
        return StrokeOrigin(word: "word \(category)", keyID: UInt64(1000 * category + stroke), stroke: stroke)
    }

    /// Categories with 1, 5, 2, 40, and 3 strokes of three points each, spread over the whole box of the drawing.
    static let five = ListedStrokes(
        categories: [1, 5, 2, 40, 3].enumerated().map { category, count in
            (0..<count).map { stroke in
                Polyline(
                    (0..<3).map { point in
                        let number = category * 131 + stroke * 37 + point * 89
                        return Point(x: Double(number * 53 % 256), y: Double(number * 101 % 256))
                    })
            }
        })

    /// One category with one stroke.
    static func one(_ points: Point...) -> ListedStrokes {
        ListedStrokes(categories: [[Polyline(points)]])
    }
}

/// Returns a composer; by default, of the recipe of QD-IMD and `ListedStrokes.five`.
func makeComposer(
    _ spec: MaskSpec = .standard, seed: UInt64 = 0, split: Split = .train, strokes: ListedStrokes = .five
) throws -> Composer<ListedStrokes> {
    guard let composer = Composer(spec: spec, seed: seed, split: split, strokes: strokes) else {
        throw NoCategories()
    }
    return composer
}

/// A composer was requested for a source without categories.
struct NoCategories: Error {}
