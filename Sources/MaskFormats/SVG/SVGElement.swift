/// An element of an SVG document, or one that is not of SVG.
struct SVGElement {
    /// Without its namespace; nil if the namespace is not that of SVG.
    let name: String?
    /// The attributes without a namespace, and `xlink:href` as `href` unless that is there, too.
    let attributes: [String: String]
    /// The line of its start, from 1.
    let line: Int
    /// The index of its parent; −1 for the outermost element.
    let parent: Int
    /// The index after its last descendant.
    var end: Int

    /// Elements that are drawn only where others refer to them, or never.
    static let unseen: Set = [
        "metadata", "title", "desc", "defs", "style", "symbol", "clipPath", "linearGradient", "radialGradient",
        "pattern", "filter", "mask", "marker", "view",
    ]
}
