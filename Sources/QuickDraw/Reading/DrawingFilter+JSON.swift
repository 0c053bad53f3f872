public import StrokeBank
public import JSONText
import MaskModel

// A filter as members of an object that contains others, too: the `spec` of a dataset.

extension DrawingFilter {
    /// The names of all members of a filter.
    public static let memberNames: Set<String> = [
        "words", "exclude_words", "countries", "recognized", "min_stroke_length", "max_stroke_length",
        "min_stroke_extent", "max_stroke_extent",
    ]

    /// Writes a member for each property that rejects anything, in a fixed order.
    public func write(to json: inout JSONWriter) {
        if let words { json.member("words", list: words.sorted(by: CategorySplit.precedes)) }
        if !excludedWords.isEmpty {
            json.member("exclude_words", list: excludedWords.sorted(by: CategorySplit.precedes))
        }
        if let countries {
            json.member("countries", list: countries.map(\.description).sorted(by: CategorySplit.precedes))
        }
        if isRecognizedOnly {
            json.name("recognized")
            json.value(true)
        }
        json.member("min_stroke_length", bound: strokeLength.minimum)
        json.member("max_stroke_length", bound: strokeLength.maximum)
        json.member("min_stroke_extent", bound: strokeExtent.minimum)
        json.member("max_stroke_extent", bound: strokeExtent.maximum)
    }

    /// Reads the filter that `write` wrote; missing members accept everything, unknown ones are ignored.
    ///
    /// - Throws: `DrawingFilterError` if a member is invalid.
    package init(_ json: JSONValue) throws(DrawingFilterError) {
        self.init()
        words = try json.list("words").map { Set($0) }
        excludedWords = try Set(json.list("exclude_words") ?? [])
        if let names = try json.list("countries") { countries = try CountryCode.set(names) }
        if let value = json["recognized"] {
            guard let boolean = value.boolean else { throw .member("recognized", expected: "true or false") }
            isRecognizedOnly = boolean
        }
        strokeLength = try StrokeMeasureRange(
            minimum: json.bound("min_stroke_length"), maximum: json.bound("max_stroke_length"), of: "stroke length")
        strokeExtent = try StrokeMeasureRange(
            minimum: json.bound("min_stroke_extent"), maximum: json.bound("max_stroke_extent"), of: "stroke extent")
    }
}

extension CountryCode {
    /// The countries with these codes: two letters each, in any case.
    ///
    /// - Throws: `DrawingFilterError.country` if one is not a code.
    public static func set(_ names: [String]) throws(DrawingFilterError) -> Set<CountryCode> {
        var countries: Set<CountryCode> = []
        for name in names {
            let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
            let capitals = name.uppercased()
            guard capitals.utf8.allSatisfy(letters.contains), let country = CountryCode(capitals) else {
                throw .country(name)
            }
            countries.insert(country)
        }
        return countries
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, list: [String]) {
        self.name(name)
        array { json in
            for text in list { json.value(text) }
        }
    }

    fileprivate mutating func member(_ name: StaticString, bound: Double?) {
        if let bound { member(name, exactly: bound) }
    }
}

extension JSONValue {
    /// The strings of a list; nil if there is no such member.
    fileprivate func list(_ name: StaticString) throws(DrawingFilterError) -> [String]? {
        guard let value = self[name] else { return nil }
        guard let elements = value.elements else { throw .member("\(name)", expected: "a list of strings") }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string?.text else { throw .member("\(name)", expected: "a list of strings") }
            texts.append(text)
        }
        return texts
    }

    fileprivate func bound(_ name: StaticString) throws(DrawingFilterError) -> Double? {
        guard let value = self[name] else { return nil }
        guard let number = value.double else { throw .member("\(name)", expected: "a number") }
        return number
    }
}
