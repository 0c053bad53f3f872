import StrokeBank
import JSONText

/// What raw and simplified drawings have in common: all but their strokes.
protocol RecordedDrawing {
    var word: String { get set }
    var keyID: UInt64 { get set }
    var country: CountryCode { get set }
    var timestamp: UInt32 { get set }
    var isRecognized: Bool { get set }
    mutating func removeStrokes()
}

extension Drawing: RecordedDrawing {}
extension RawDrawing: RecordedDrawing {}

extension RecordedDrawing {
    /// Makes it the drawing of a record, without strokes yet.
    mutating func begin(_ head: RecordMetadata) {
        // Most lines of a file have the word of the line before.
        if !(head.word == word) { word = head.word.text }
        keyID = head.keyID
        country = head.country
        timestamp = head.timestamp
        isRecognized = head.isRecognized
        removeStrokes()
    }

    /// Makes it the drawing that another one is, without strokes yet.
    mutating func begin(_ other: some RecordedDrawing) {
        if word != other.word { word = other.word }
        keyID = other.keyID
        country = other.country
        timestamp = other.timestamp
        isRecognized = other.isRecognized
        removeStrokes()
    }
}
