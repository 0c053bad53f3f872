import StrokeBank
import JSONText

/// The members that simplified and raw records share: everything but the contents of strokes.
///
/// Members may be in any order, and unknown ones are ignored. Word, key, and drawing are required; country, time, and
/// recognition are unknown if they are missing or invalid.
struct RecordMetadata {
    /// Not empty.
    let word: JSONString
    let keyID: UInt64
    let country: CountryCode
    let timestamp: UInt32
    let isRecognized: Bool
    /// The strokes, not decoded yet.
    let strokes: JSONValue.Elements

    /// Reads the members of a record.
    init(_ record: JSONValue) throws(DrawingRecordError) {
        guard record.kind == .object else { throw .notAnObject }
        var word: JSONValue?
        var keyID: JSONValue?
        var strokes: JSONValue?
        var country = CountryCode.unknown
        var timestamp: UInt32 = 0
        var isRecognized = false
        for member in record.members {
            if member.name == "drawing" {
                strokes = member.value
            } else if member.name == "key_id" {
                keyID = member.value
            } else if member.name == "word" {
                word = member.value
            } else if member.name == "countrycode" {
                country = member.value.string.flatMap { CountryCode($0.text) } ?? .unknown
            } else if member.name == "timestamp" {
                timestamp = member.value.string.flatMap { $0.withBytes(Timestamp.seconds) } ?? 0
            } else if member.name == "recognized" {
                isRecognized = member.value.boolean ?? false
            }
        }
        // Those of masks, and of some datasets, are objects.
        if strokes == nil, record["strokes"] != nil { throw .noArrays }
        guard let word else { throw .missing(member: "word") }
        guard let keyID else { throw .missing(member: "key_id") }
        guard let strokes else { throw .missing(member: "drawing") }
        guard let word = word.string else { throw .wrongType(member: "word", expected: "a string") }
        if word == "" { throw .wrongType(member: "word", expected: "a nonempty string") }
        guard let strokes = strokes.elements else {
            throw .wrongType(member: "drawing", expected: "an array of strokes")
        }
        self.word = word
        self.keyID = try Self.decodeKeyID(keyID)
        self.country = country
        self.timestamp = timestamp
        self.isRecognized = isRecognized
        self.strokes = strokes
    }

    /// The key that a member contains.
    ///
    /// - Throws: `DrawingRecordError` if it is not a whole number below 2⁶⁴, as a string or a number.
    static func decodeKeyID(_ value: JSONValue) throws(DrawingRecordError) -> UInt64 {
        guard let text = value.string?.text else {
            guard let keyID = value.uint64 else { throw .wrongType(member: "key_id", expected: "a string of digits") }
            return keyID
        }
        return try keyID(text)
    }

    /// The key that is written as digits.
    ///
    /// - Throws: `DrawingRecordError.keyID` if it is not a whole number below 2⁶⁴.
    static func keyID(_ text: String) throws(DrawingRecordError) -> UInt64 {
        // UInt64 also accepts signs: "+5" and "-0".
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = text.utf8.first, digits.contains(first), let keyID = UInt64(text) else { throw .keyID(text) }
        return keyID
    }
}
