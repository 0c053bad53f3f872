import PlaneGeometry

/// What is made of the visible shapes of an SVG document: a mask, or a drawing.
protocol SVGShapeConverter {
    /// Elements that are left out, of those that are neither shapes nor groups of them.
    static var ignoredElements: Set<String> { get }
    /// Properties of which a value that a mask cannot have counts as the initial one.
    static var ignoredProperties: Set<String> { get }
    /// The map from the coordinates of the document to those of what is made.
    var documentTransform: AffineTransform { get }
    /// What lengths in percent are parts of, in user units.
    var viewport: SVGViewport.Size { get }
    /// The color of the background.
    var paper: SVGPaint.Kind? { get set }

    /// Converts a shape.
    ///
    /// - Parameters:
    ///   - shape: The shape, in its own coordinates.
    ///   - element: The element.
    ///   - style: Its style.
    ///   - transform: The map from its coordinates to those of what is made.
    ///   - viewport: What a width in percent is a part of.
    ///   - clips: What the shape is cut to.
    /// - Throws: `MaskFormatError` if it cannot be converted.
    mutating func convert(
        _ shape: SVGShape, of element: SVGElement, style: SVGStyle, transform: AffineTransform,
        viewport: SVGViewport.Size, clips: [SVGClip]
    ) throws(MaskFormatError)

    /// The polygon of a subpath that is in the coordinates of what is made.
    mutating func polygon(_ subpath: SVGSubpath) throws(MaskFormatError) -> [Point]
}
