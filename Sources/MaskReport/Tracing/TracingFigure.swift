import FileAccess
import JSONText
import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
import PlaneGeometry
import PNGCodec

/// A traced mask in a report: the image, the strokes in color, and the difference.
struct TracingFigure: Hashable, Sendable {
    let html: String

    /// Shows a mask.
    ///
    /// - Throws: `DataError` if it cannot be rasterized.
    init(_ figures: TracingAccuracy, _ original: Bitmap, _ mask: VectorMask) throws(DataError) {
        let name = XMLText.escaped(figures.name)
        let numbers = [
            "IoU \(DecimalText.string(figures.iou, decimals: 5))",
            "within 1 px \(DecimalText.string(figures.tolerantIoU, decimals: 5))",
            "\(figures.strokeCount) strokes", "\(figures.outlineCount) outlines", "\(figures.vertexCount) vertices",
        ]
        var html = "<section>\n<h2>\(name)</h2>\n<p>\(numbers.joined(separator: " · "))</p>\n<div class=\"views\">\n"
        html += Self.image(OverlayImage(original, original).png, "Image of \(name)")
        html += Self.strokes(mask, "Strokes of \(name)")
        var rasterizer = ExactRasterizer()
        do {
            let drawn = try rasterizer.raster(of: mask, at: mask.canvas)
            html += Self.image(OverlayImage(Bitmap(drawn), original).png, "Difference of \(name)")
        } catch {
            throw DataError(at: figures.name, "\(error)")
        }
        self.html = html + "</div>\n</section>\n"
    }

    private static func image(_ png: [UInt8], _ title: String) -> String {
        "<img alt=\"\(title)\" src=\"data:image/png;base64,\(String(base64Encoding: png))\">\n"
    }

    /// Colors that color-blind people can distinguish (Okabe and Ito), without black.
    private static let colors = [
        "#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#3f8fd2", "#bbbbbb",
    ]

    /// An SVG with a path for each stroke, translucent so that strokes below others are visible.
    private static func strokes(_ mask: VectorMask, _ title: String) -> String {
        let (width, height) = (mask.canvas.width, mask.canvas.height)
        var svg = "<svg role=\"img\" aria-label=\"\(title)\" viewBox=\"0 0 \(width) \(height)\">"
        svg += "<g stroke-linejoin=\"round\" stroke-opacity=\".7\" fill-opacity=\".7\" fill-rule=\"evenodd\">"
        for (index, stroke) in mask.strokes.enumerated() {
            let color = colors[index % colors.count]
            let points = stroke.path.points.map {
                "\(DecimalText.string($0.x, decimals: 2)) \(DecimalText.string($0.y, decimals: 2))"
            }
            let data = "M\(points.joined(separator: "L"))" + (points.count == 1 ? "h0" : stroke.isFilled ? "Z" : "")
            // A path has the same form at both ends; in the page, the flat one of a single end is shown at both.
            let cap = stroke.startCap == .butt || stroke.endCap == .butt ? "butt" : "round"
            svg += "<path d=\"\(data)\" fill=\"\(stroke.isFilled ? color : "none")\" stroke=\"\(color)\""
            svg += " stroke-width=\"\(DecimalText.string(stroke.width, decimals: 2))\" stroke-linecap=\"\(cap)\"/>"
            if !stroke.isFilled, points.count > 1 {
                svg += "<path d=\"\(data)\" fill=\"none\" stroke=\"#0b0b0c\" stroke-width=\"1\"/>"
            }
        }
        return svg + "</g></svg>\n"
    }
}
