import MaskModel
import PlaneGeometry

/// The size of an SVG document in px, and where its coordinates are in it.
struct SVGViewport {
    /// The size in whole px: `width` and `height` rounded, halves up; nil if no image has this size.
    var canvas: PixelSize? {
        guard let width = Int(exactly: size.width.rounded()), let height = Int(exactly: size.height.rounded()) else {
            return nil
        }
        return PixelSize(width: width, height: height)
    }
    /// The size as the document has it, in px.
    let size: Size
    /// The size in user units, of which lengths in percent are a part.
    let userSize: Size
    /// The map from the coordinates of the document to px.
    let transform: AffineTransform

    /// A width and a height, in px or user units.
    struct Size {
        let width: Double
        let height: Double

        /// What a length in percent that is neither of the width nor of the height is a part of.
        var diagonal: Double { ((width * width + height * height) / 2).squareRoot() }
    }

    /// A viewport in another one: that of a nested `svg` or a `symbol`.
    struct Nested {
        /// The map from the coordinates in it to those around it.
        let transform: AffineTransform
        /// The corners of the viewport, in the coordinates around it, in the order of a path around it.
        let corners: [Point]
        let userSize: Size
    }

    /// Reads `viewBox` and `preserveAspectRatio` of a nested `svg` or a `symbol`.
    ///
    /// - Returns: Nil for a viewport without an area, which shows nothing.
    static func nested(
        _ attributes: [String: String], at origin: Point, size: Size
    ) throws(MaskFormatError) -> Nested? {
        let box = try attributes["viewBox"].map(Self.box)
        guard size.width > 0, size.height > 0 else { return nil }
        let inner =
            try box.map { (box) throws(MaskFormatError) in
                try Self.transform(from: box, to: size, attributes["preserveAspectRatio"])
            } ?? .identity
        let (right, bottom) = (origin.x + size.width, origin.y + size.height)
        return Nested(
            transform: inner.followed(by: .translation(dx: origin.x, dy: origin.y)),
            corners: [
                origin, Point(x: right, y: origin.y), Point(x: right, y: bottom), Point(x: origin.x, y: bottom),
            ],
            userSize: box?.size ?? size)
    }

    /// The rectangle of the attribute `viewBox`, in user units.
    private struct Box {
        let x: Double
        let y: Double
        let size: Size
    }

    /// Reads `width`, `height`, `viewBox`, and `preserveAspectRatio` of the outermost element.
    ///
    /// A side that is missing or a percentage is that of the viewBox, in the ratio of the other side if that is given.
    /// - Parameters:
    ///   - attributes: The attributes.
    ///   - unknownSize: The size of a document that does not tell it; nil if that is an error.
    init(_ attributes: [String: String], unknownSize: Size? = nil) throws(MaskFormatError) {
        let box = try attributes["viewBox"].map(Self.box)
        let width = try Self.side("width", attributes)
        let height = try Self.side("height", attributes)
        let boxSize = box?.size
        let size: Size
        switch (width, height, boxSize) {
        case (let width?, let height?, _): size = Size(width: width, height: height)
        case (let width?, nil, let box?): size = Size(width: width, height: width * box.height / box.width)
        case (nil, let height?, let box?): size = Size(width: height * box.width / box.height, height: height)
        case (nil, nil, let box?): size = box
        default:
            guard let unknownSize else { throw Self.noSize }
            size = Size(width: width ?? unknownSize.width, height: height ?? unknownSize.height)
        }
        self.size = size
        guard let box else {
            userSize = size
            transform = .identity
            return
        }
        userSize = box.size
        transform = try Self.transform(from: box, to: size, attributes["preserveAspectRatio"])
        guard transform.isFinite else { throw Self.noSize }
    }

    static let noSize = MaskFormatError(
        "no size in px; expected a viewBox, or width and height, from 1 to \(PixelSize.maximumSide) px")

    /// A side in px; nil if it is missing, or depends on the window.
    private static func side(_ name: String, _ attributes: [String: String]) throws(MaskFormatError) -> Double? {
        guard let text = attributes[name] else { return nil }
        let value = CSSValue(text)
        if value.keyword == "auto" { return nil }
        switch SVGLength(value) {
        case .px(let side) where side >= 0.5: return side
        case .percent(let ratio) where ratio > 0: return nil
        default: throw MaskFormatError("\(name) is \"\(text)\"; expected 1 to \(PixelSize.maximumSide) px")
        }
    }

    private static func box(_ text: String) throws(MaskFormatError) -> Box {
        var scanner = SVGAttributeScanner(text)
        guard let numbers = scanner.numberList(), numbers.count == 4, numbers.allSatisfy(\.isFinite) else {
            throw MaskFormatError("viewBox is \"\(text)\"; expected four numbers")
        }
        guard numbers[2] > 0, numbers[3] > 0 else {
            throw MaskFormatError("viewBox is \"\(text)\"; expected a width and a height above 0")
        }
        return Box(x: numbers[0], y: numbers[1], size: Size(width: numbers[2], height: numbers[3]))
    }

    /// The map from a viewBox to the document: by default the largest that shows all of it, centered.
    private static func transform(
        from box: Box, to size: Size, _ text: String?
    ) throws(MaskFormatError) -> AffineTransform {
        let words = (text ?? "xMidYMid").split(whereSeparator: \.isWhitespace)
        let (scaleX, scaleY) = (size.width / box.size.width, size.height / box.size.height)
        if words == ["none"] || words == ["none", "meet"] || words == ["none", "slice"] {
            return AffineTransform.translation(dx: -box.x, dy: -box.y)
                .followed(by: .scaling(x: scaleX, y: scaleY))
        }
        let places = ["Min": 0, "Mid": 0.5, "Max": 1]
        guard let align = words.first, align.utf8.count == 8, align.hasPrefix("x"), align.dropFirst(4).hasPrefix("Y"),
            let placeX = places[String(align.dropFirst().prefix(3))], let placeY = places[String(align.suffix(3))],
            words.count == 1 || words.count == 2 && (words[1] == "meet" || words[1] == "slice")
        else {
            throw MaskFormatError(
                "preserveAspectRatio is \"\(text ?? "")\"; expected none, or xMidYMid or the like with meet or slice")
        }
        let scale = words.last == "slice" ? max(scaleX, scaleY) : min(scaleX, scaleY)
        return AffineTransform(
            a: scale, b: 0, c: 0, d: scale,
            tx: placeX * (size.width - scale * box.size.width) - scale * box.x,
            ty: placeY * (size.height - scale * box.size.height) - scale * box.y)
    }
}
