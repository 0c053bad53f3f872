import FileAccess
import JSONText
import MaskModel

/// `croissant.json`: the dataset in the vocabulary of MLCommons Croissant 1.0, by which mlcroissant and the hubs that know
/// it read the masks as records.
///
/// It describes the first layout that there is; with this program's own and its JSON Lines there are records of the masks'
/// figures, too.
struct CroissantFile {
    func write(_ work: LayoutContext) throws(DataError) {
        let bytes = Self.json(work.plan.settings, work.splits)
        try work.folder.writeFile(bytes)
    }

    static func json(_ settings: ExportSettings, _ splits: [Split]) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        let count = settings.trainCount + settings.testCount
        json.object { json in
            writeContext(to: &json)
            json.member("@type", "sc:Dataset")
            json.member("conformsTo", "http://mlcommons.org/croissant/1.0")
            json.member("name", "quick-draw-irregular-masks")
            json.member(
                "description",
                "\(count) irregular masks for image inpainting, \(settings.imageSize) px, "
                    + "\(settings.holeColor(of: settings.layouts.first).rawValue) where the hole is, "
                    + "by qd-imd \(programVersion) with seed \(settings.seed).")
            json.member("citeAs", DatasetManifest.attribution)
            json.member("license", "https://creativecommons.org/licenses/by/4.0/")
            json.member("version", programVersion)
            json.member("isBasedOn", "https://github.com/googlecreativelab/quickdraw-dataset")
            json.name("distribution")
            json.array { json in writeDistribution(settings, splits, to: &json) }
            json.name("recordSet")
            json.array { json in writeRecords(settings, to: &json) }
        }
        json.endLine()
        return json.bytes
    }

    /// Whether there are JSON Lines, which have the figures.
    private static func hasLines(_ settings: ExportSettings) -> Bool { settings.keptFormats.contains(.json) }

    private static func writeDistribution(_ settings: ExportSettings, _ splits: [Split], to json: inout JSONWriter) {
        let first = settings.layouts.first
        let layout = first.layout(settings.layouts)
        let images = splits.compactMap { layout.images(of: $0) }.map { settings.path(of: $0, in: first) }
        write(FileSet(id: "pictures", format: "image/png", globs: images), to: &json)
        if hasLines(settings) {
            let lines = splits.map { "vectors/\($0.rawValue).jsonl" }
            write(FileSet(id: "lines", format: "application/jsonlines", globs: lines), to: &json)
        }
    }

    private static func writeRecords(_ settings: ExportSettings, to json: inout JSONWriter) {
        let layout = settings.layouts.first.layout(settings.layouts)
        let prefix = settings.path(of: "", in: settings.layouts.first)
        writeRecordSet("masks", "The masks as images.", to: &json) { json in
            // In our own layout the name as the figures have it; in others a file's name can be in both splits.
            let id =
                prefix.isEmpty
                ? Source(property: "filename", pattern: #"^(.+)\.png$"#)
                : Source(property: "fullpath", pattern: #"^\#(prefix)(.+)\.png$"#)
            write("masks/id", "sc:Text", "The mask's name.", id, to: &json)
            write("masks/image", "sc:ImageObject", "The mask.", Source(property: "content"), to: &json)
            let split = Source(property: "fullpath", pattern: "^\(prefix)\(layout.splitPattern)$")
            write("masks/split", "sc:Text", "train or test.", split, to: &json)
        }
        guard hasLines(settings) else { return }
        // Joined to the images, they would have mlcroissant hold all of those at once.
        writeRecordSet("figures", "What is known of each mask.", to: &json) { json in
            for (name, type, description) in [
                ("id", "sc:Text", "The mask's name, as in the record set masks."),
                ("split", "sc:Text", "train or test."),
                ("index", "sc:Integer", "Which mask of its split, from 0."),
                ("hole_ratio", "sc:Float", "The share of hole, 0 to 1."),
                ("upscale", "sc:Float", "By how much the strokes were scaled."),
            ] {
                write("figures/\(name)", type, description, Source(column: name), to: &json)
            }
        }
    }

    private static func writeRecordSet(
        _ name: String, _ description: String, to json: inout JSONWriter, _ fields: (inout JSONWriter) -> Void
    ) {
        json.object { json in
            json.member("@type", "cr:RecordSet")
            json.member("@id", name)
            json.member("name", name)
            json.member("description", description)
            json.name("key")
            json.object { json in json.member("@id", name + "/id") }
            json.name("field")
            json.array(fields)
        }
    }

    private struct FileSet {
        let id: String
        let format: String
        let globs: [String]
    }

    private static func write(_ files: FileSet, to json: inout JSONWriter) {
        json.object { json in
            json.member("@type", "cr:FileSet")
            json.member("@id", files.id)
            json.member("name", files.id)
            json.member("encodingFormat", files.format)
            json.name("includes")
            json.array { json in
                for glob in files.globs { json.value(glob) }
            }
        }
    }

    /// Where a field comes from: a column of the lines, or a property of the image's file and what a pattern finds in it.
    private struct Source {
        var column: String?
        var property: String?
        var pattern: String?
    }

    private static func write(
        _ id: String, _ type: String, _ description: String, _ source: Source, to json: inout JSONWriter
    ) {
        json.object { json in
            json.member("@type", "cr:Field")
            json.member("@id", id)
            json.member("name", id)
            json.member("description", description)
            json.member("dataType", type)
            json.name("source")
            write(source, to: &json)
        }
    }

    private static func write(_ source: Source, to json: inout JSONWriter) {
        json.object { json in
            json.name("fileSet")
            json.object { json in json.member("@id", source.column == nil ? "pictures" : "lines") }
            json.name("extract")
            json.object { json in
                if let column = source.column { json.member("column", column) }
                if let property = source.property { json.member("fileProperty", property) }
            }
            if let pattern = source.pattern {
                json.name("transform")
                json.object { json in json.member("regex", pattern) }
            }
        }
    }

    /// The context that the specification gives for all files of version 1.0.
    private static func writeContext(to json: inout JSONWriter) {
        json.name("@context")
        json.object { json in
            json.member("@language", "en")
            json.member("@vocab", "https://schema.org/")
            json.member("cr", "http://mlcommons.org/croissant/")
            json.member("dct", "http://purl.org/dc/terms/")
            json.member("rai", "http://mlcommons.org/croissant/RAI/")
            json.member("sc", "https://schema.org/")
            json.member("conformsTo", "dct:conformsTo")
            for term in [
                "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet",
                "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet",
                "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField",
                "transform",
            ] {
                json.name(term)
                json.value("cr:" + term)
            }
            for (term, type) in [("data", "@json"), ("dataType", "@vocab"), ("examples", "@json")] {
                json.name(term)
                json.object { json in
                    json.member("@id", "cr:" + term)
                    json.member("@type", type)
                }
            }
        }
    }
}
