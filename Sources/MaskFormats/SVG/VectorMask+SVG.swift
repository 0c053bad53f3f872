public import MaskModel

extension VectorMask {
    /// Reads an SVG document of brush strokes: one that this program wrote, also after changes in an editor.
    ///
    /// Supported are `path` with straight segments, `polyline`, and `line`, all in one color with round caps and joins
    /// and without a fill; `g` and `transform`; styles as attributes or in `style`, by the rules of CSS; and a `rect` as
    /// the background. Hidden elements, metadata, and elements in the namespaces of editors are ignored. Entities and
    /// references are never followed.
    ///
    /// The canvas is `width` × `height`, rounded to whole px with 96 px per inch, and the `viewBox` is scaled to it;
    /// without them it is the viewBox. Gradients, translucent colors, style sheets, scripts, and animations are errors.
    ///
    /// - Throws: `MaskFormatError` with the line and the name of the element, for all other visible elements and
    ///   properties.
    /// - Complexity: O(*n*) in the length of the text
    public init(svg text: [UInt8]) throws(MaskFormatError) {
        let interpreter = SVGInterpreter()
        try parseXML(text) { (event) throws(MaskFormatError) in try interpreter.handle(event) }
        guard let canvas = interpreter.canvas else {
            throw MaskFormatError("no <svg> element; expected an SVG document")
        }
        self.init(canvas: canvas, strokes: interpreter.strokes)
    }
}
