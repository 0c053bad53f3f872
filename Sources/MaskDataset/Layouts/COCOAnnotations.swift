import FileAccess
import JSONText
import MaskModel
import MaskRaster

/// COCO's `annotations.json` for each split: an image and an annotation for each mask, of the one category "hole".
///
/// The hole is a compressed run-length code, as pycocotools writes and decodes it. File names begin at the dataset's
/// folder.
struct COCOAnnotations {
    private static let head = """
        {"info":{"description":"Irregular masks of Quick, Draw! strokes","version":"\(programVersion)"},\
        "licenses":[{"id":1,"name":"CC BY 4.0","url":"https://creativecommons.org/licenses/by/4.0/"}],\
        "categories":[{"id":1,"name":"hole","supercategory":"mask"}],"images":[
        """

    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            try work.makeFolder(split.rawValue)
            let file = try work.outputFile("\(split.rawValue)/annotations.json")
            try Self.write(Self.head, to: file)
            try await work.forEachMask(of: split, listedIn: file) { (worker, mask, text) in
                Self.append(mask, to: &text, &worker.json) { json in
                    Self.writeImage(mask, work.plan.settings, to: &json)
                }
            }
            try Self.write("],\"annotations\":[\n", to: file)
            try await work.forEachMask(of: split, listedIn: file) { (worker, mask, text) throws(DataError) in
                let raster = try worker.raster(of: mask)
                Self.append(mask, to: &text, &worker.json) { json in Self.writeAnnotation(mask, raster, to: &json) }
            }
            try Self.write("]}\n", to: file)
            try work.commit(file)
        }
    }

    private static func write(_ text: String, to file: borrowing OutputFile) throws(DataError) {
        try file.write(Array(text.utf8))
    }

    /// Appends an element of an array that has one for each mask, on a line of its own.
    private static func append(
        _ mask: LayoutContext.Mask, to text: inout [UInt8], _ json: inout JSONWriter, _ members: (inout JSONWriter) -> Void
    ) {
        if mask.index > 0 { text += ",\n".utf8 }
        json.removeAll()
        json.object(members)
        text += json.bytes
    }

    private static func writeImage(_ mask: LayoutContext.Mask, _ settings: ExportSettings, to json: inout JSONWriter) {
        json.member("id", mask.index + 1)
        json.member("width", settings.imageSize.width)
        json.member("height", settings.imageSize.height)
        json.member("file_name", settings.image(of: mask.index, mask.split))
        json.member("license", 1)
    }

    /// Both numbers begin at 1, as COCO's own evaluation takes 0 for no annotation.
    private static func writeAnnotation(_ mask: LayoutContext.Mask, _ raster: Bitmap, to json: inout JSONWriter) {
        json.member("id", mask.index + 1)
        json.member("image_id", mask.index + 1)
        json.member("category_id", 1)
        json.name("segmentation")
        json.object { json in
            json.name("size")
            json.array { json in
                json.value(raster.size.height)
                json.value(raster.size.width)
            }
            json.member("counts", RunLengthCode(raster).text)
        }
        json.member("area", raster.holeCount)
        json.name("bbox")
        let box = raster.holeBounds
        json.array { json in
            for number in [box.x, box.y, box.width, box.height] { json.value(number) }
        }
        json.member("iscrowd", 0)
    }
}

extension Bitmap {
    /// The smallest box of pixels that has all the hole; all 0 without a hole.
    var holeBounds: (x: Int, y: Int, width: Int, height: Int) {
        var columns = [UInt64](repeating: 0, count: wordsPerRow)
        var rows: ClosedRange<Int>?
        for y in 0..<size.height {
            let row = words(ofRow: y)
            var any: UInt64 = 0
            for (index, word) in row.enumerated() {
                columns[index] |= word
                any |= word
            }
            if any != 0 { rows = (rows?.lowerBound ?? y)...y }
        }
        guard let rows, let first = columns.firstIndex(where: { $0 != 0 }),
            let last = columns.lastIndex(where: { $0 != 0 })
        else { return (0, 0, 0, 0) }
        let left = 64 * first + columns[first].trailingZeroBitCount
        let right = 64 * last + 63 - columns[last].leadingZeroBitCount
        return (left, rows.lowerBound, right - left + 1, rows.count)
    }
}
