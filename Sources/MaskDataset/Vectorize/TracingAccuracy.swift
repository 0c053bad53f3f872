import JSONText
import MaskDiff
import MaskModel
import PlaneGeometry

/// How closely a mask was traced.
public struct TracingAccuracy: Hashable, Sendable {
    /// The mask's name: its path in the collection without the extension.
    public let name: String
    /// The IoU of the traced mask and the image, 0 to 1.
    public let iou: Double
    /// The same without differing pixels that are within 1 px of the other mask's hole.
    public let tolerantIoU: Double
    /// The number of brush strokes that are not filled.
    public let strokeCount: Int
    /// The number of filled paths.
    public let outlineCount: Int
    /// The number of points of all strokes and outlines.
    public let vertexCount: Int
    /// The hash of the image, which identifies it.
    let pixels: UInt64

    init(name: String, pixels: UInt64, mask: VectorMask, comparison: BitmapComparison) {
        self.name = name
        self.pixels = pixels
        iou = comparison.iou
        let both = comparison.bothCount
        let differing = comparison.differingCount
        tolerantIoU = both + differing == 0 ? 1 : Double(both) / Double(both + differing)
        outlineCount = mask.strokes.count(where: \.isFilled)
        strokeCount = mask.strokes.count - outlineCount
        vertexCount = mask.strokes.reduce(0) { $0 + $1.path.points.count }
    }

    /// Reads what `write` has written; nil if it is something else.
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.string?.text, let iou = json["iou"]?.double,
            let tolerantIoU = json["iou_1px"]?.double, let strokes = json["strokes"]?.integer,
            let outlines = json["outlines"]?.integer, let vertices = json["vertices"]?.integer,
            let pixels = json["pixels"]?.string.flatMap({ UInt64($0.text, radix: 16) })
        else { return nil }
        self.name = name
        self.iou = iou
        self.tolerantIoU = tolerantIoU
        strokeCount = strokes
        outlineCount = outlines
        vertexCount = vertices
        self.pixels = pixels
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            json.member("iou", iou, decimals: 9)
            json.member("iou_1px", tolerantIoU, decimals: 9)
            json.member("strokes", strokeCount)
            json.member("outlines", outlineCount)
            json.member("vertices", vertexCount)
            json.member("pixels", String(pixels, radix: 16))
        }
    }
}
