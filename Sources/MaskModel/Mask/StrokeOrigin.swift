public import PlaneGeometry

/// The stroke of a Quick, Draw! drawing that a brush stroke comes from.
public struct StrokeOrigin: Hashable, Sendable {
    /// The category of the drawing, as spelled in its record: `The Eiffel Tower`.
    public let word: String
    /// The key of the drawing (`key_id`).
    public let keyID: UInt64
    /// The index of the stroke in the drawing, from 0.
    public let stroke: Int
    /// The transform from the 256×256 box of the drawing to canvas px; nil if all strokes of the mask share one.
    public var transform: AffineTransform?

    /// Creates the origin of stroke `stroke`, from 0, of the drawing `keyID` of category `word`, without checks.
    public init(word: String, keyID: UInt64, stroke: Int, transform: AffineTransform? = nil) {
        self.word = word
        self.keyID = keyID
        self.stroke = stroke
        self.transform = transform
    }
}
