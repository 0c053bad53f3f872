public import MaskModel

extension VectorMask {
    /// Reads an SVG document of shapes in one color, as this program, editors, and drawing canvases write it.
    ///
    /// Strokes and fills of paths, with curves, and of the basic shapes are read; also groups, `use`, and `symbol`, nested
    /// viewports, transforms, styles as attributes, in `style`, and in style sheets of simple selectors, and clip paths that
    /// cut nothing off. A `rect` that covers the canvas before all else is the background. Hidden elements, metadata, and
    /// elements in the namespaces of editors are ignored. Entities and references to other documents are never followed.
    ///
    /// The canvas is `width` × `height`, rounded to whole px with 96 px per inch, and the `viewBox` is scaled to it;
    /// without them it is the viewBox. Curves become chords: all points of the outlines are within 0.01 px of the document.
    /// Gradients, translucent colors, dashes, text, filters, scripts, and animations are errors.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - detail: Px of the mask per px of the document, at least 1: the mask is that many times as large, and its points
    ///     are within 0.01 of its px.
    /// - Throws: `MaskFormatError` with the line and the name of the element, for all that is visible and cannot be read.
    /// - Complexity: O(*n*) in the length of the text and the number of points, without fills by the nonzero rule
    public init(svg text: [UInt8], detail: Int = 1) throws(MaskFormatError) {
        self = try SVGMask(text, detail: detail).mask
    }
}

/// A mask that was read from SVG.
struct SVGMask {
    let mask: VectorMask
    /// Whether coordinates were rounded or curves replaced, so that a larger mask shows more.
    let isRounded: Bool

    init(_ text: [UInt8], detail: Int) throws(MaskFormatError) {
        let detail = min(max(detail, 1), PixelSize.maximumSide)
        let converter = try SVGInterpreter(SVGDocument(text)) { (attributes) throws(MaskFormatError) in
            try SVGStrokeConverter(attributes, detail: detail)
        }.converter
        mask = VectorMask(canvas: converter.size, strokes: converter.strokes)
        isRounded = converter.isRounded
    }
}
