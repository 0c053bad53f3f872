import JSONText

/// Recognizes JSON that other programs write about masks and strokes, so that an error can say what it is and what can be
/// read in its place.
enum ForeignJSONDiagnosis {
    /// What a value without the format of a mask appears to be, and what is expected; nil if that is unknown.
    static func problem(of json: JSONValue) -> String? {
        json.kind == .array ? problem(ofArray: json) : problem(ofObject: json)
    }

    private static func problem(ofObject json: JSONValue) -> String? {
        if json["shapes"]?.kind == .array, json["imagePath"] != nil || json["imageData"] != nil {
            return "an annotation of labelme; expected \(drawn)"
        }
        if json["_via_img_metadata"] != nil || first(of: json)?["regions"] != nil {
            return "annotations of VIA; expected \(drawn)"
        }
        if json["objects"]?.elements?.first(where: { _ in true })?["geometryType"] != nil {
            return "an annotation of Supervisely; expected \(drawn)"
        }
        if let record = first(of: json), record["inpainting_mask"] != nil || record["outpainting_mask"] != nil {
            return "BrushBench's list of images; expected its run lengths as PNG, or as those of COCO"
        }
        if json["type"]?.string.map({ $0 == "FeatureCollection" || $0 == "Feature" }) == true {
            return "GeoJSON; expected \(drawn)"
        }
        return canvas(json) ?? drawing(json)
    }

    /// What a drawing canvas or an editor writes as its own document.
    private static func canvas(_ json: JSONValue) -> String? {
        let name: String
        if json["type"]?.string.map({ $0 == "excalidraw" }) == true {
            name = "a document of Excalidraw"
        } else if json["tldrawFileFormatVersion"] != nil {
            name = "a document of tldraw"
        } else if json["objects"]?.kind == .array, json["version"] != nil {
            name = "a canvas of fabric.js"
        } else {
            return nil
        }
        return "\(name); expected the SVG that it exports"
    }

    /// Strokes without widths.
    private static func drawing(_ json: JSONValue) -> String? {
        let strokes = json["drawing"]?.elements ?? (json["canvas"] == nil ? json["strokes"]?.elements : nil)
        guard let strokes, strokes.allSatisfy({ $0.kind == .array }) else { return nil }
        return "a drawing; expected a mask, as export makes of drawings (.ndjson, .jsonl)"
    }

    private static func problem(ofArray json: JSONValue) -> String? {
        guard let first = json.elements?.first(where: { _ in true }) else { return nil }
        if first["format"]?.string?.text.hasPrefix("qd-imd-mask/") == true {
            return "an array of masks; expected JSON Lines (.jsonl), a mask in each line"
        }
        if first["bbox"] != nil {
            return "boxes, as of COCO's results; expected \"segmentation\" with run lengths"
        }
        if first["data"] != nil, first["annotations"] != nil || first["predictions"] != nil {
            return "tasks of Label Studio; expected its export as PNG or COCO"
        }
        return nil
    }

    /// The value of the first member.
    private static func first(of json: JSONValue) -> JSONValue? { json.members.first { _ in true }?.value }

    /// What helps where shapes have to be drawn.
    private static let drawn = "its shapes drawn as masks (PNG or SVG), or run lengths of COCO"
}
