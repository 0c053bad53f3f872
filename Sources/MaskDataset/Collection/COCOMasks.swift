import FileAccess
import JSONText
import SystemPackage

/// The masks in COCO's JSON: run lengths of annotations, of results, or of an object on its own.
///
/// An annotation is named after its image, if it is the only one of it, and otherwise after both: `000017_3`.
enum COCOMasks {
    /// The masks in a JSON file; nil if it is not COCO's.
    ///
    /// - Parameter name: The name of the file, for masks without an image.
    /// - Throws: `DataError` if it is, but an annotation has no run lengths, or an image no valid name.
    static func items(
        of json: JSONValue, in file: MaskFile, named name: String
    ) throws(DataError) -> [MaskLocation]? {
        if json["counts"] != nil, json["size"] != nil {
            return [MaskLocation(name: name, source: file, embedded: .runs(try runs(json, file, "run lengths")))]
        }
        let annotations = json["annotations"]?.elements ?? json.elements
        guard let annotations, isCOCO(json, annotations) else { return nil }
        let images = try imageNames(json, file)
        var found: [(name: String, annotation: String, runs: RunLengthMask)] = []
        var counts: [String: Int] = [:]
        for (index, annotation) in annotations.enumerated() {
            let id = annotation["id"]?.idText ?? "\(index)"
            guard let segmentation = annotation["segmentation"] else {
                throw DataError(file.path, "annotation \(id) has no \"segmentation\"; expected run lengths")
            }
            let image = annotation["image_id"]?.idText
            let name = image.map { images[$0] ?? "\(name)_\($0)" } ?? name
            found.append((name, id, try runs(segmentation, file, "annotation \(id)")))
            counts[name, default: 0] += 1
        }
        return try found.map { (found) throws(DataError) in
            let name = counts[found.name] == 1 ? found.name : "\(found.name)_\(found.annotation)"
            guard name.split(separator: "/").allSatisfy({ $0 != ".." && $0 != "." }), !name.hasPrefix("/"),
                name.utf8.count <= 250, name.utf8.allSatisfy({ $0 >= 0x20 })
            else { throw DataError(file.path, "has a mask named \(name.debugDescription); expected a relative path") }
            return MaskLocation(name: name, source: file, embedded: .runs(found.runs))
        }
    }

    /// Whether the value is an object with annotations, or a list of results.
    private static func isCOCO(_ json: JSONValue, _ annotations: JSONValue.Elements) -> Bool {
        guard json.kind == .array else { return true }
        return annotations.first { _ in true }?["segmentation"] != nil
    }

    /// The names of images without extensions, by their ids.
    private static func imageNames(_ json: JSONValue, _ file: MaskFile) throws(DataError) -> [String: String] {
        var names: [String: String] = [:]
        for image in json["images"]?.elements.map({ Array($0) }) ?? [] {
            guard let id = image["id"]?.idText, let name = image["file_name"]?.string?.text, !name.isEmpty else {
                throw DataError(file.path, "an image without \"id\" or \"file_name\"; expected both")
            }
            guard names.updateValue(FilePath(name).removingEnding, forKey: id) == nil else {
                throw DataError(file.path, "has two images with the id \(id); expected one")
            }
        }
        return names
    }

    private static func runs(_ json: JSONValue, _ file: MaskFile, _ place: String) throws(DataError) -> RunLengthMask {
        do throws(RunLengthMask.RunLengthError) {
            return try RunLengthMask(json)
        } catch {
            throw DataError(file.path, "\(place): \(error)")
        }
    }
}

extension JSONValue {
    /// An id, which is a number or a string.
    fileprivate var idText: String { string?.text ?? compactText }
}
