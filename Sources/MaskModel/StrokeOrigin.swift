public import PlaneGeometry

/// Where in Quick, Draw! a stroke came from.
public struct StrokeOrigin: Hashable, Sendable {
    /// The drawing's category, as the record spells it: `The Eiffel Tower`.
    public let word: String
    /// The drawing's key.
    public let keyID: UInt64
    /// Which of the drawing's strokes, from 0.
    public let stroke: Int
    /// The map from the drawing's box of 256 × 256 onto the canvas, where that differs from stroke to stroke.
    public var transform: AffineTransform?

    /// Stroke `stroke`, from 0, of the drawing `keyID` of category `word`; nothing is checked.
    public init(word: String, keyID: UInt64, stroke: Int, transform: AffineTransform? = nil) {
        self.word = word
        self.keyID = keyID
        self.stroke = stroke
        self.transform = transform
    }
}
