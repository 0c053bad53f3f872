public import FileAccess
import JSONText
public import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
import MaskTracing
import PNGCodec
import SystemPackage

/// A report on traced masks: how closely they match, and the worst as images, strokes in color, and differences.
///
/// The page needs no script and no other file.
public struct TracingReport: Sendable {
    /// The maximum number of masks that are shown.
    static let maskLimit = 200

    private let vectorization: Vectorization
    private let summary: VectorizationSummary
    /// The masks that are shown, the worst first.
    private let shown: [TracingFigure]

    /// Loads the masks that are shown again.
    ///
    /// - Parameters:
    ///   - vectorization: The vectorization that was run.
    ///   - summary: The result of `vectorization`.
    /// - Throws: `DataError` if a file has changed.
    /// - Complexity: O(*n* log *n*) in all masks, O(pixels) in those that are shown
    public init(of vectorization: Vectorization, _ summary: VectorizationSummary) async throws(DataError) {
        self.vectorization = vectorization
        self.summary = summary
        let order = summary.masks.indices.sorted {
            let (first, second) = (summary.masks[$0], summary.masks[$1])
            return (first.tolerantIoU, first.iou, $0) < (second.tolerantIoU, second.iou, $1)
        }
        let worst = Array(order.prefix(Self.maskLimit))
        let shown = OrderedResults<TracingFigure>(count: worst.count)
        try await vectorization.forEachMask(worst) { (place, original, mask) throws(DataError) in
            shown.set(place, try TracingFigure(summary.masks[worst[place]], original, mask))
        }
        self.shown = shown.all
    }

    /// The page, which opens in a browser without any other file.
    ///
    /// - Complexity: O(shown masks)
    public var page: [UInt8] {
        let name = vectorization.masks.path.lastComponent?.string ?? vectorization.masks.path.string
        var html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        html += "<title>\(XMLText.escaped(name)), traced</title>\n<style>\(Self.style)</style>\n"
        html += "</head>\n<body>\n<main>\n"
        html += "<h1>\(XMLText.escaped(name)), traced</h1>\n"
        html += "<p>By qd-imd \(programVersion), \(optionText). IoU compares the traced mask, drawn by the exact"
        html += " rasterizer at the size of the image, with the image.</p>\n"
        html += "<table>\n<tr><th></th><th>mean</th><th>5th percentile</th><th>median</th><th>lowest</th>"
        html += "<th>highest</th></tr>\n"
        html += row("IoU", summary.iou, decimals: 5)
        html += row("IoU with a tolerance of 1 px", summary.tolerantIoU, decimals: 5)
        html += row("Strokes per mask", summary.strokes, decimals: 1)
        html += row("Outlines per mask", summary.outlines, decimals: 1)
        html += row("Vertices per mask", summary.vertices, decimals: 1)
        html += "</table>\n"
        let count = summary.masks.count
        html +=
            "<p>\(count == shown.count ? "All \(count) masks" : "\(shown.count) of \(count) masks"), the worst first:"
        html += " the image; the strokes, each in a color of its own; the difference, in orange where only the traced"
        html += " mask has a hole, in blue where only the image has.</p>\n"
        for mask in shown { html += mask.html }
        html += "</main>\n</body>\n</html>\n"
        return Array(html.utf8)
    }

    private var optionText: String {
        let options = vectorization.options
        return "fidelity \(options.fidelity.rawValue), shapes \(options.shapes.rawValue), caps \(options.caps.rawValue)"
    }

    private func row(_ title: String, _ values: Statistics, decimals: Int) -> String {
        let numbers = [values.mean, values.quantile(0.05), values.quantile(0.5), values.minimum, values.maximum]
        let cells = numbers.map { "<td>\(DecimalText.string($0, decimals: decimals))</td>" }.joined()
        return "<tr><th>\(title)</th>\(cells)</tr>\n"
    }

    private static let style = """
        :root{color-scheme:light dark}
        body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
        table{border-collapse:collapse}td,th{padding:.2rem .9rem;text-align:right}th:first-child{text-align:left}
        section{margin:1.5rem 0}h2{font-size:1rem;margin:0 0 .3rem}
        .views{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem}
        .views>*{width:100%;height:auto;background:#0b0b0c;image-rendering:pixelated}
        """
}
