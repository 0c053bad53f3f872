import StrokeBank
import JSONText

/// The properties that raw and simplified drawings share: everything but strokes.
protocol DrawingProperties {
    var word: String { get set }
    var keyID: UInt64 { get set }
    var country: CountryCode { get set }
    var timestamp: UInt32 { get set }
    var isRecognized: Bool { get set }
    mutating func removeStrokes()
}

extension Drawing: DrawingProperties {}
extension RawDrawing: DrawingProperties {}

extension DrawingProperties {
    /// Copies the properties of a record and removes all strokes.
    mutating func reset(to metadata: RecordMetadata) {
        // Most lines of a file have the word of the previous one.
        if !(metadata.word == word) { word = metadata.word.text }
        keyID = metadata.keyID
        country = metadata.country
        timestamp = metadata.timestamp
        isRecognized = metadata.isRecognized
        removeStrokes()
    }

    /// Copies the properties of another drawing and removes all strokes.
    mutating func reset(to other: some DrawingProperties) {
        if word != other.word { word = other.word }
        keyID = other.keyID
        country = other.country
        timestamp = other.timestamp
        isRecognized = other.isRecognized
        removeStrokes()
    }
}
