import FileAccess
import JSONText
import MaskModel
import MaskRaster
import SystemPackage

/// `mapping_file.json` of BrushBench for each split: an image, a caption, and a hole for each key.
///
/// A hole is a list of pairs, the first pixel of a run and its length; pixels are counted row by row from 1. The images are
/// named relative to the folder of the file: the evaluation writes its results to the same path in another folder.
struct BrushBenchLayout: OutputLayout {
    let images: ImageAssignment
    let linksImages: Bool

    var hasMasks: Bool { false }

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            let file = try context.outputFile("\(split.rawValue)/mapping_file.json")
            try file.write(Array("{\n".utf8))
            let count = context.plan.settings.count(of: split)
            try await context.forEachMask(of: split, listedIn: file) { (scratch, mask, text) throws(DataError) in
                let raster = try scratch.raster(of: mask)
                let image = images.image(of: mask.index, split)
                let key = image?.stem ?? mask.id
                scratch.json.removeAll()
                scratch.json.value(key)
                text += scratch.json.bytes + ":".utf8
                scratch.json.removeAll()
                scratch.json.object { json in
                    json.member("image", key + ".jpg")
                    json.member("caption", "")
                    json.name("inpainting_mask")
                    json.array { json in
                        for number in Self.runs(of: raster) { json.value(number) }
                    }
                }
                text += scratch.json.bytes + (mask.index == count - 1 ? "\n" : ",\n").utf8
                guard linksImages, let image else { return }
                try context.link(image, as: "\(split.rawValue)/\(key).jpg")
            }
            try file.write(Array("}\n".utf8))
            try file.commit()
        }
    }

    func images(of split: Split) -> String? { nil }
    func image(of index: Int, _ split: Split) -> String? { nil }

    /// The runs of the hole, row by row: the first pixel of each, counted from 1, and its length. A run continues from the
    /// end of a row to the start of the next.
    static func runs(of raster: Bitmap) -> [Int] {
        var runs: [Int] = []
        let spans = SpanMask(raster)
        for y in 0..<raster.size.height {
            for span in spans.spans(ofRow: y) {
                let start = y * raster.size.width + Int(span.start) + 1
                if let length = runs.last, runs[runs.count - 2] + length == start {
                    runs[runs.count - 1] += span.count
                } else {
                    runs += [start, span.count]
                }
            }
        }
        return runs
    }
}
