/// How closely the masks of a collection were traced.
public struct VectorizationSummary: Hashable, Sendable {
    /// All masks, in the order of the collection.
    public let masks: [TracingAccuracy]

    /// The IoU of the masks.
    ///
    /// - Complexity: O(*n* log *n*) in the number of masks
    public var iou: Statistics { Statistics(masks.map(\.iou)) }
    /// The IoU with a tolerance of 1 px.
    ///
    /// - Complexity: O(*n* log *n*) in the number of masks
    public var tolerantIoU: Statistics { Statistics(masks.map(\.tolerantIoU)) }
    /// The strokes of each mask.
    ///
    /// - Complexity: O(*n* log *n*) in the number of masks
    public var strokes: Statistics { Statistics(masks.map { Double($0.strokeCount) }) }
    /// The outlines of each mask.
    ///
    /// - Complexity: O(*n* log *n*) in the number of masks
    public var outlines: Statistics { Statistics(masks.map { Double($0.outlineCount) }) }
    /// The vertices of each mask.
    ///
    /// - Complexity: O(*n* log *n*) in the number of masks
    public var vertices: Statistics { Statistics(masks.map { Double($0.vertexCount) }) }
    /// The mask with the lowest IoU, the first of them; nil if there is none.
    ///
    /// - Complexity: O(masks)
    public var worst: TracingAccuracy? { masks.min { $0.iou < $1.iou } }
}
