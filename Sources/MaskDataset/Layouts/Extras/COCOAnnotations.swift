import FileAccess
import JSONText
import MaskModel
import MaskRaster
import StrokeBank

/// COCO's `annotations.json` for each split: an image and an annotation of the single category "hole" for each mask.
///
/// The hole is a run-length encoding, compressed as pycocotools writes it, or with numbers. File names are relative to the
/// dataset's folder.
struct COCOAnnotations {
    /// The beginning of a file, up to its list of images.
    private static func header(_ license: SourceLicense) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.name("info")
            json.object { json in
                json.member("description", "Irregular masks of \(license.strokesTitle)")
                json.member("version", programVersion)
                if let attribution = license.attribution { json.member("contributor", attribution) }
            }
            json.name("licenses")
            json.array { json in
                guard let name = license.name else { return }
                json.object { json in
                    json.member("id", 1)
                    json.member("name", name)
                    if let url = license.url { json.member("url", url) }
                }
            }
            json.name("categories")
            json.array { json in
                json.object { json in
                    json.member("id", 1)
                    json.member("name", "hole")
                    json.member("supercategory", "mask")
                }
            }
        }
        // The object goes on.
        return json.bytes.dropLast() + Array(",\"images\":[\n".utf8)
    }

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            let file = try context.outputFile("\(split.rawValue)/annotations.json")
            try file.write(Self.header(context.plan.settings.license))
            try await context.forEachMask(of: split, listedIn: file) { (scratch, mask, text) in
                Self.append(mask, to: &text, &scratch.json) { json in
                    Self.writeImage(mask, context.plan.settings, to: &json)
                }
            }
            try Self.write("],\"annotations\":[\n", to: file)
            try await context.forEachMask(of: split, listedIn: file) { (scratch, mask, text) throws(DataError) in
                let raster = try scratch.raster(of: mask)
                let counts = context.plan.settings.layouts.cocoCounts
                Self.append(mask, to: &text, &scratch.json) { json in
                    Self.writeAnnotation(mask, raster, counts, to: &json)
                }
            }
            try Self.write("]}\n", to: file)
            try file.commit()
        }
    }

    private static func write(_ text: String, to file: borrowing OutputFile) throws(DataError) {
        try file.write(Array(text.utf8))
    }

    /// Appends the array element of a mask, on a separate line.
    private static func append(
        _ mask: LayoutContext.Mask, to text: inout [UInt8], _ json: inout JSONWriter,
        _ members: (inout JSONWriter) -> Void
    ) {
        if mask.index > 0 { text += ",\n".utf8 }
        json.removeAll()
        json.object(members)
        text += json.bytes
    }

    private static func writeImage(_ mask: LayoutContext.Mask, _ settings: ExportSettings, to json: inout JSONWriter) {
        json.member("id", mask.index + 1)
        let size = settings.imageSize(ofMask: mask.index, mask.split)
        json.member("width", size.width)
        json.member("height", size.height)
        json.member("file_name", settings.image(of: mask.index, mask.split))
        if settings.license.identifier != nil { json.member("license", 1) }
    }

    /// Both numbers start at 1, because COCO's evaluation interprets 0 as no annotation.
    private static func writeAnnotation(
        _ mask: LayoutContext.Mask, _ raster: Bitmap, _ counts: LayoutSettings.COCOCounts, to json: inout JSONWriter
    ) {
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
            let code = RunLengthEncoding(raster)
            switch counts {
            case .compressed: json.member("counts", code.text)
            case .uncompressed:
                json.name("counts")
                json.array { json in
                    for run in code.runs { json.value(run) }
                }
            }
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
