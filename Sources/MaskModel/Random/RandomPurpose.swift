/// The purpose of a random stream. Streams of different uses are independent.
public enum RandomPurpose: UInt32, Hashable, Sendable {
    /// The strokes, widths, and upscale rate of a train mask.
    case trainMask = 0
    /// The strokes, widths, and upscale rate of a test mask.
    case testMask = 1
    /// The selection of strokes of a drawing.
    case strokeChoice = 2
    /// The random order that splits categories into train and test.
    case categoryOrder = 3
    /// The target hole ratio of a train mask, and the placement of its strokes.
    case trainPlacement = 4
    /// The target hole ratio of a test mask, and the placement of its strokes.
    case testPlacement = 5
}
