import Console
import JSONText
import MaskDataset
import MaskModel
import PNGCodec
import StrokeBank

/// The contents of a dataset or of a collection of masks, as text.
struct MaskInspectionOutput {
    /// The description of the dataset; nil for masks that are not a dataset.
    let manifest: DatasetManifest?
    let inspection: MaskInspection

    /// Without line breaks.
    var lines: [String] { datasetRows + maskRows + histogram }

    private var datasetRows: [String] {
        guard let manifest else { return [] }
        let formats = DatasetFormat.allCases.filter(manifest.formats.contains).map(\.rawValue)
        let layouts = LayoutKind.allCases.filter { manifest.layouts[$0] != nil }.map(\.rawValue)
        let contents = (formats + (layouts == [LayoutKind.qdIMD.rawValue] ? [] : layouts)).joined(separator: ", ")
        var rows = [
            row("dataset", "\(manifest.version), seed \(manifest.seed), \(contents)"),
            row(
                "images",
                "\(manifest.usesImageSizes ? "as large as a list of images" : "\(manifest.imageSize) px"), "
                    + "\(manifest.bitDepth.rawValue)-bit, \(manifest.holeColor.rawValue) holes, "
                    + "backend \(manifest.backend)"),
        ]
        if let license = manifest.license.text { rows.append(row("license", license)) }
        return rows
            + Split.allCases.map { split in
                let words = manifest.categories[split] ?? []
                let categories = counted(words.count, "category", plural: "categories")
                return row(
                    split.rawValue,
                    "\(counted(manifest.masks[split] ?? 0, "mask")) from \(categories)"
                        + (words.isEmpty ? "" : ": \(shortened(words))"))
            }
    }

    private var maskRows: [String] {
        var rows = [
            row("masks", grouped(inspection.maskCount)),
            row(
                "sizes",
                inspection.sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
                    .map { "\(grouped($0.value)) of \($0.key) px" }.joined(separator: ", ")),
        ]
        if inspection.vectorCount > 0 {
            rows.append(row("strokes", "\(spread(inspection.strokes, decimals: 1)) per mask"))
            rows.append(row("widths", "\(spread(inspection.widths, decimals: 2)) px"))
        }
        if !inspection.words.isEmpty {
            let common = inspection.words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
            rows.append(
                row(
                    "categories",
                    "\(grouped(inspection.words.count)), most strokes from "
                        + common.map { "\($0.key) (\(grouped($0.value)))" }.joined(separator: ", ")))
        }
        let ratio = inspection.holeRatio
        func text(_ ratio: Double) -> String { percent(ratio, decimals: 2) }
        rows.append(
            row(
                "hole ratio",
                "mean \(text(ratio.mean)), median \(text(ratio.quantile(0.5))), "
                    + "\(text(ratio.minimum)) to \(text(ratio.maximum))"))
        return rows
    }

    /// The hole ratios in bins of 5 %, up to the last one that contains a mask.
    private var histogram: [String] {
        var counts = inspection.holeRatio.histogram(
            edges: stride(from: 0.0, through: 20, by: 1).map { $0 == 20 ? 1.01 : $0 / 20 })
        while let last = counts.last, last == 0 { counts.removeLast() }
        let most = counts.max() ?? 0
        return counts.enumerated().map { index, count in
            let range = "\(5 * index) to \(5 * index + 5) %"
            let bar = String(repeating: "█", count: most == 0 ? 0 : (40 * count + most - 1) / most)
            return "  " + range + String(repeating: " ", count: max(1, 12 - range.count)) + bar + " \(grouped(count))"
        }
    }

    private func row(_ title: String, _ text: String) -> String {
        title + String(repeating: " ", count: max(1, 14 - title.count)) + text
    }

    private func spread(_ statistics: Statistics, decimals: Int) -> String {
        func text(_ value: Double) -> String { DecimalText.string(value, decimals: decimals) }
        return """
            mean \(text(statistics.mean)), median \(text(statistics.quantile(0.5))), \
            \(text(statistics.minimum)) to \(text(statistics.maximum))
            """
    }

    private func shortened(_ words: [String]) -> String {
        words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", …" : "")
    }
}
