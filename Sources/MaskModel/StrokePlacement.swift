/// Where strokes are put.
public enum StrokePlacement: String, Hashable, Sendable, CaseIterable {
    /// Where they are in their drawing, whose box covers the canvas.
    case drawn
    /// Their middle anywhere on the canvas, all places equally likely.
    case uniform
}
