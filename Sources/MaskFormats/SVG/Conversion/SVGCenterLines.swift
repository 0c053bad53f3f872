package import PlaneGeometry

/// The center lines of what an SVG document draws as strokes: the strokes of a drawing.
///
/// Each subpath is a line; a closed one ends where it begins, and one without a length is a point. Fills, labels, and
/// images are left out, and so are widths, colors, dashes, and partial opacity. All else is as in a mask from SVG:
/// hidden parts are left out, and what could show something else is an error.
package struct SVGCenterLines {
    /// In document order, in the coordinates of the viewBox, where their size and place do not matter; at least one.
    package let lines: [Polyline]

    /// A part of the longer side of the lines' bounding box that chords are within of curves, at most: a 128th of a
    /// unit of a drawing's box.
    private static let precision = 1.0 / 32_768

    /// Reads the lines of a document.
    ///
    /// - Throws: `MaskFormatError` with the line and the name of the element, for all that cannot be read, or if there
    ///   are no lines.
    /// - Complexity: O(*n*) in the length of the text and the number of points
    package init(_ text: [UInt8]) throws(MaskFormatError) {
        let document = try SVGDocument(text)
        let converter = try SVGInterpreter(document) { (attributes) throws(MaskFormatError) in
            try SVGCenterLineConverter(attributes)
        }.converter
        guard !converter.subpaths.isEmpty else {
            let help = "expected lines with a stroke, whose center lines are the drawing"
            if let element = converter.firstFill {
                throw MaskFormatError(
                    line: element.line, "<\(element.name ?? "")>: a fill without a stroke, like all shapes; \(help)")
            }
            throw MaskFormatError(line: document.elements.first?.line, "nothing is drawn; \(help)")
        }
        let bounds = Rectangle(
            around: converter.subpaths.flatMap { subpath in
                [subpath.start]
                    + subpath.segments.flatMap { segment in [0.25, 0.5, 0.75, 1].map(segment.point(at:)) }
            })
        let size = max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY)
        var remainingPoints = FlattenedPath.Precision.pointLimit
        var lines: [Polyline] = []
        for subpath in converter.subpaths {
            var points = [subpath.start]
            for segment in subpath.segments {
                let count = size > 0 ? max(segment.stepCount(tolerance: size * Self.precision), 1) : 1
                guard count <= Double(remainingPoints) else { throw FlattenedPath.tooManyPoints }
                remainingPoints -= Int(count)
                for step in 1...Int(count) { points.append(segment.point(at: Double(step) / count)) }
            }
            if subpath.isClosed, points.last != subpath.start { points.append(subpath.start) }
            lines.append(Polyline(points))
        }
        self.lines = lines
    }
}
