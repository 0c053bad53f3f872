public import MaskModel
import JSONText
import PlaneGeometry

extension MaskRecord {
    /// Appends the mask as an SVG document, which every viewer shows like the PNG with holes in `holeColor`.
    ///
    /// The origins of the strokes are under `metadata`, as JSON.
    /// - Complexity: O(points)
    public func appendSVG(holeColor: HoleColor, to text: inout [UInt8]) {
        let (width, height) = (mask.canvas.width, mask.canvas.height)
        text.append(capacity: 200) { text in
            text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
            DecimalText.append(width, to: &text)
            text.append("\" height=\"")
            DecimalText.append(height, to: &text)
            text.append("\" viewBox=\"0 0 ")
            DecimalText.append(width, to: &text)
            text.append(UInt8(ascii: " "))
            DecimalText.append(height, to: &text)
            text.append("\" shape-rendering=\"crispEdges\">\n<metadata>")
        }
        XMLText.append(provenance, to: &text)
        text.append(capacity: 200) { text in
            text.append("</metadata>\n<rect width=\"")
            DecimalText.append(width, to: &text)
            text.append("\" height=\"")
            DecimalText.append(height, to: &text)
            text.append(holeColor == .white ? "\" fill=\"#000\"/>\n" : "\" fill=\"#fff\"/>\n")
            text.append(holeColor == .white ? "<g fill=\"none\" stroke=\"#fff\"" : "<g fill=\"none\" stroke=\"#000\"")
            text.append(" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n")
        }
        for index in mask.strokes.indices {
            if mask.strokes[index].isPlain {
                text.append(mask.strokes[index])
            } else {
                text.append(shape: mask.strokes[index], color: holeColor == .white ? "#fff" : "#000")
            }
        }
        text.append("</g>\n</svg>\n")
    }

    /// Everything about the mask but its shape, as JSON.
    private var provenance: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("format", writtenFormat)
            writeIdentity(to: &json)
            json.name("sources")
            json.array { json in
                for stroke in mask.strokes {
                    if let origin = stroke.origin { origin.write(to: &json) } else { json.null() }
                }
            }
        }
        return json.bytes
    }
}

extension [UInt8] {
    /// Appends a `<path>` and a line break.
    fileprivate mutating func append(_ stroke: BrushStroke) {
        append(path: stroke) { text in
            text.append("<path stroke-width=\"")
            DecimalText.append(stroke.width, decimals: 2, to: &text)
        }
    }

    /// Appends a filled stroke, or one with a flat end.
    fileprivate mutating func append(shape stroke: BrushStroke, color: StaticString) {
        guard stroke.isFilled else {
            append(path: stroke) { text in
                text.append("<path stroke-linecap=\"butt\" stroke-width=\"")
                DecimalText.append(stroke.width, decimals: 2, to: &text)
            }
            // Both ends of a path have the same form: a dot makes one of them round.
            for (cap, end) in [(stroke.startCap, stroke.path.points.first), (stroke.endCap, stroke.path.points.last)] {
                guard cap == .round, let end else { continue }
                append(BrushStroke(rounded: Polyline([end]), width: stroke.width, origin: nil))
            }
            return
        }
        append(path: stroke) { text in
            text.append("<path fill=\"")
            text.append(color)
            text.append("\" fill-rule=\"evenodd\"")
            if stroke.width > 0 {
                text.append(" stroke-width=\"")
                DecimalText.append(stroke.width, decimals: 2, to: &text)
            } else {
                text.append(" stroke=\"none")
            }
        }
    }

    private mutating func append(path stroke: BrushStroke, start: (inout TextCursor) -> Void) {
        let points = stroke.path.points
        // A letter or space before each coordinate; the other text is below 90 bytes.
        append(capacity: 90 + (2 * points.count + 1) * (DecimalText.maximumByteCount + 1)) { text in
            start(&text)
            text.append("\" d=\"")
            for index in points.indices {
                text.append(index == 0 ? UInt8(ascii: "M") : index == 1 ? UInt8(ascii: "L") : UInt8(ascii: " "))
                DecimalText.append(points[index].x, decimals: 2, to: &text)
                text.append(UInt8(ascii: " "))
                DecimalText.append(points[index].y, decimals: 2, to: &text)
            }
            // A dot is a line of zero length: some renderers do not draw other notations.
            if points.count == 1 { text.append("h0") } else if stroke.isFilled { text.append("Z") }
            text.append("\"/>\n")
        }
    }
}
