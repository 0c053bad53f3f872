/// What a random stream is for. Streams of different uses are independent of each other.
public enum RandomUse: UInt32, Hashable, Sendable {
    case trainMask = 0
    case testMask = 1
    /// The choice of strokes out of a drawing.
    case strokeChoice = 2
    /// The order in which categories are dealt to train and test.
    case categoryOrder = 3
    /// The hole ratios that masks aim at, and how strokes are turned and moved.
    case trainPlacement = 4
    case testPlacement = 5
}
