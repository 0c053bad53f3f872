import MaskSamples
import MaskFormats
import MaskModel
import PlaneGeometry

// SVG documents, and the strokes that are read from them.

/// The attributes of a brush stroke.
let brush = ##"fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round""##

/// A document of 100×80 px around `body`, which starts on line 2.
func document(_ body: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"80\">\n\(body)\n</svg>"
}

/// A document whose elements inherit the attributes of a brush stroke.
func brushDocument(_ body: String) -> String {
    document("<g \(brush)>\n\(body)\n</g>")
}

/// A stroke in the form that tests compare: its width and the points of its path.
struct PlainStroke: Hashable {
    let width: Double
    let points: [Point]

    init(_ width: Double, _ points: (Double, Double)...) {
        self.width = width
        self.points = points.map { Point(x: $0.0, y: $0.1) }
    }

    init(_ stroke: BrushStroke) {
        width = stroke.width
        points = stroke.path.points
    }
}

/// The strokes of a document.
func strokes(_ text: String) throws -> [PlainStroke] {
    try VectorMask(svg: Array(text.utf8)).strokes.map(PlainStroke.init)
}

/// The reader's error for a document; nil if it accepts it.
func complaint(_ text: String) -> String? {
    complaint { _ = try VectorMask(svg: Array(text.utf8)) }
}
