import FileAccess
import JSONText
import MaskFormats
import SystemPackage

extension MaskFile {
    /// Whether a JSON file contains a mask: an object whose `format` is one of this program's masks, of any version.
    ///
    /// Other JSON is common beside masks: captions, annotations, metadata. A file that is not JSON counts as a mask, so
    /// that reading it reports the error.
    func containsMask(using parser: inout JSONParser) throws(DataError) -> Bool {
        // The way this program writes it, which needs no parser.
        if try firstBytes(Self.usualStart.count).elementsEqual(Self.usualStart) { return true }
        let bytes = try bytes(limit: 1 << 30)
        do {
            return try parser.parse(bytes).isMask
        } catch {
            return true
        }
    }

    private static let usualStart = Array(#"{"format":"qd-imd-mask/"#.utf8)
}

extension JSONValue {
    /// Whether the value is an object whose `format` is one of this program's masks, of any version.
    var isMask: Bool {
        self["format"]?.string?.text.hasPrefix("qd-imd-mask/") ?? false
    }

    /// Whether the value is an object whose `format` is one of this program's datasets, of any version.
    var isDataset: Bool {
        self["format"]?.string?.text.hasPrefix("qd-imd-dataset/") ?? false
    }
}
