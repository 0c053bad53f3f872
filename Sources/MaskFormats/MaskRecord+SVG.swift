public import MaskModel
import JSONText
import PlaneGeometry

extension MaskRecord {
    /// Appends the mask as an SVG document, which every viewer shows as the PNG with holes in `holeColor`.
    ///
    /// Where the strokes came from stands under `metadata`, as JSON.
    /// - Complexity: O(points)
    public func appendSVG(holeColor: HoleColor, to text: inout [UInt8]) {
        let (paper, ink) = holeColor == .white ? ("#000", "#fff") : ("#fff", "#000")
        let (width, height) = (mask.canvas.width, mask.canvas.height)
        text.append(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" shape-rendering="crispEdges">
            <metadata>
            """)
        text.appendXMLText(provenance)
        text.append(
            """
            </metadata>
            <rect width="\(width)" height="\(height)" fill="\(paper)"/>
            <g fill="none" stroke="\(ink)" stroke-linecap="round" stroke-linejoin="round">

            """)
        for stroke in mask.strokes {
            text.append("<path stroke-width=\"")
            DecimalText.append(stroke.width, decimals: 2, to: &text)
            text.append("\" d=\"")
            text.appendPathData(stroke.path)
            text.append("\"/>\n")
        }
        text.append("</g>\n</svg>\n")
    }

    private var provenance: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("format", Self.format)
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
    fileprivate mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    fileprivate mutating func appendXMLText(_ text: [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            default: append(byte)
            }
        }
    }

    fileprivate mutating func appendPathData(_ path: Polyline) {
        for (index, point) in path.points.enumerated() {
            append(index == 0 ? UInt8(ascii: "M") : index == 1 ? UInt8(ascii: "L") : UInt8(ascii: " "))
            DecimalText.append(point.x, decimals: 2, to: &self)
            append(UInt8(ascii: " "))
            DecimalText.append(point.y, decimals: 2, to: &self)
        }
        // A dot as a line of no length: other spellings vanish in some renderers.
        if path.points.count == 1 { append("h0") }
    }
}
