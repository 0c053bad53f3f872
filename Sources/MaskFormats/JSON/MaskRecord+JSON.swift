public import JSONText
import MaskModel
import PlaneGeometry

extension MaskRecord {
    /// Writes the mask as one JSON object, without a line break.
    ///
    /// - Complexity: O(points)
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("format", writtenFormat)
            writeIdentity(to: &json)
            json.name("strokes")
            json.array { json in
                // By index, strokes are not copied, nor their reference counts changed.
                for index in mask.strokes.indices { mask.strokes[index].write(to: &json) }
            }
        }
    }

    /// Writes the members that identify the mask and tell how it was generated.
    func writeIdentity(to json: inout JSONWriter) {
        if let id {
            json.member("id", id)
        }
        if let split {
            json.member("split", split.rawValue)
        }
        if let index {
            json.member("index", index)
        }
        json.name("canvas")
        json.array { json in
            json.value(mask.canvas.width)
            json.value(mask.canvas.height)
        }
        if let upscale {
            json.member("upscale", upscale, decimals: Self.upscaleDecimals)
        }
        if let widthFactor {
            json.member("width_factor", widthFactor, decimals: 4)
        }
        if let holeRatio {
            json.member("hole_ratio", holeRatio, decimals: 4)
        }
    }

    /// Reads a mask from a JSON text in UTF-8.
    ///
    /// Only `format`, `canvas`, and `strokes` are required; unknown members are ignored.
    ///
    /// - Throws: `MaskFormatError` without a line number, which only the caller knows.
    /// - Complexity: O(text)
    public init(json text: [UInt8]) throws(MaskFormatError) {
        var parser = JSONParser()
        let value: JSONValue
        do throws(JSONSyntaxError) { value = try parser.parse(text) } catch { throw MaskFormatError("\(error)") }
        try self.init(value)
    }

    /// Reads a mask from a JSON value; see `init(json:)`.
    package init(_ json: JSONValue) throws(MaskFormatError) {
        guard json.kind == .object else {
            throw MaskFormatError(ForeignJSONDiagnosis.problem(of: json) ?? "not a JSON object; expected a mask")
        }
        guard let format = json["format"]?.string else {
            throw MaskFormatError(
                ForeignJSONDiagnosis.problem(of: json) ?? "\"format\" is missing; expected \"\(Self.format)\"")
        }
        guard format == Self.format || format == Self.shapeFormat else {
            throw MaskFormatError(
                "\"format\" is \"\(format.text)\"; expected \"\(Self.format)\" or \"\(Self.shapeFormat)\"")
        }
        guard let canvas = json["canvas"] else {
            throw MaskFormatError("\"canvas\" is missing; expected [width, height]")
        }
        guard let strokes = json["strokes"]?.elements else {
            throw MaskFormatError("\"strokes\" is not an array; expected an array of brush strokes")
        }
        var mask = VectorMask(canvas: try Self.size(canvas), strokes: [])
        for (index, stroke) in strokes.enumerated() {
            do {
                mask.strokes.append(try BrushStroke(stroke))
            } catch {
                throw MaskFormatError("stroke \(index): \(error.problem)")
            }
        }
        self.init(mask: mask)
        if let value = json["id"] {
            guard let string = value.string else {
                throw MaskFormatError("\"id\" is \(value.excerpt); expected a string")
            }
            id = string.text
        }
        if let value = json["split"] {
            guard let split = value.string.flatMap({ Split(rawValue: $0.text) }) else {
                throw MaskFormatError("\"split\" is \(value.excerpt); expected \"train\" or \"test\"")
            }
            self.split = split
        }
        if let value = json["index"] {
            guard let index = value.count else {
                throw MaskFormatError(
                    "\"index\" is \(value.excerpt); expected an integer from 0 to \(JSONValue.maximumCount)")
            }
            self.index = index
        }
        upscale = try Self.number("upscale", of: json, in: 1e-7...1e6, "a number from 0.0000001 to 1000000")
        widthFactor = try Self.number("width_factor", of: json, in: 1e-4...1e6, "a number from 0.0001 to 1000000")
        holeRatio = try Self.number("hole_ratio", of: json, in: 0...1, "a number from 0 to 1")
    }

    private static func size(_ value: JSONValue) throws(MaskFormatError) -> PixelSize {
        guard let sides = value.elements.map(Array.init), sides.count == 2,
            let width = sides[0].integer, let height = sides[1].integer,
            let size = PixelSize(width: width, height: height)
        else {
            throw MaskFormatError(
                "\"canvas\" is \(value.excerpt); expected [width, height],"
                    + " integers from 1 to \(PixelSize.maximumSide)")
        }
        return size
    }

    private static func number(
        _ name: StaticString, of json: JSONValue, in range: ClosedRange<Double>, _ expected: String
    ) throws(MaskFormatError) -> Double? {
        guard let value = json[name] else { return nil }
        guard let number = value.double, range.contains(number) else {
            throw MaskFormatError("\"\(name)\" is \(value.excerpt); expected \(expected)")
        }
        return number
    }
}

extension BrushStroke {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("width", width, decimals: 2)
            json.name("points")
            let points = path.points
            json.pairs(count: points.count, decimals: 2) { (points[$0].x, points[$0].y) }
            if !isPlain { writeShape(to: &json) }
            if let origin {
                json.name("source")
                origin.write(to: &json)
            }
        }
    }

    /// Writes what only version 2 of the format has.
    private func writeShape(to json: inout JSONWriter) {
        if isFilled {
            json.name("fill")
            json.value(true)
        } else if startCap == endCap {
            json.member("cap", startCap.rawValue)
        } else {
            json.name("cap")
            json.array { json in
                json.value(startCap.rawValue)
                json.value(endCap.rawValue)
            }
        }
    }

    fileprivate init(_ json: JSONValue) throws(MaskFormatError) {
        guard let width = json["width"]?.double else {
            throw MaskFormatError("\"width\" is not a number; expected a width in px")
        }
        guard let pairs = json["points"]?.elements else {
            throw MaskFormatError("\"points\" is not an array; expected an array of [x, y]")
        }
        var points: [Point] = []
        for (index, pair) in pairs.enumerated() {
            guard var numbers = pair.elements, let x = numbers.next()?.double, let y = numbers.next()?.double,
                numbers.next() == nil
            else { throw MaskFormatError("point \(index) is \(pair.excerpt); expected [x, y]") }
            points.append(Point(x: x, y: y))
        }
        // `BrushStroke` rounds first, so it would accept 0.006.
        let isFilled = try json["fill"].map(BrushStroke.isFilled) ?? false
        let caps = try json["cap"].map(BrushStroke.caps) ?? (.round, .round)
        guard width >= (isFilled ? 0 : BrushStroke.minimumWidth), width <= BrushStroke.limit else {
            throw MaskFormatError("\(BrushStrokeError.width(width))")
        }
        let origin: StrokeOrigin? = if let source = json["source"] { try StrokeOrigin(source) } else { nil }
        do {
            try self.init(
                path: Polyline(points), width: width, origin: origin, isFilled: isFilled, startCap: caps.start,
                endCap: caps.end)
        } catch {
            throw MaskFormatError("\(error)")
        }
    }

    private static func isFilled(_ json: JSONValue) throws(MaskFormatError) -> Bool {
        guard let isFilled = json.boolean else {
            throw MaskFormatError("\"fill\" is \(json.excerpt); expected true or false")
        }
        return isFilled
    }

    /// The forms of both ends: one for both, or an array of two.
    private static func caps(_ json: JSONValue) throws(MaskFormatError) -> (start: StrokeCap, end: StrokeCap) {
        let values = json.elements.map(Array.init) ?? [json, json]
        let caps = values.compactMap { $0.string.flatMap { StrokeCap(rawValue: $0.text) } }
        guard values.count == 2, caps.count == 2 else {
            throw MaskFormatError(
                "\"cap\" is \(json.excerpt); expected \"round\", \"butt\", or an array of two of them")
        }
        return (caps[0], caps[1])
    }
}

extension StrokeOrigin {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("word", word)
            json.name("key_id")
            json.value(quoted: keyID)
            json.member("stroke", stroke)
            if let transform {
                json.name("transform")
                json.array { json in
                    for entry in transform.entries { json.value(entry, decimals: 6) }
                }
            }
        }
    }

    fileprivate init(_ json: JSONValue) throws(MaskFormatError) {
        guard let word = json["word"]?.string, let keyID = json["key_id"]?.string?.keyID,
            let stroke = json["stroke"]?.count
        else {
            throw MaskFormatError(
                "\"source\" is \(json.excerpt); expected {\"word\": …, \"key_id\": \"…\", \"stroke\": …}")
        }
        self.init(word: word.text, keyID: keyID, stroke: stroke)
        if let value = json["transform"] {
            guard let transform = AffineTransform(value.elements.map(Array.init) ?? []) else {
                throw MaskFormatError("\"transform\" is \(value.excerpt); expected [a, b, c, d, e, f]")
            }
            self.transform = transform
        }
    }
}

extension JSONString {
    /// The string as the key of a drawing: 1 to 20 digits, below 2⁶⁴; nil otherwise.
    fileprivate var keyID: UInt64? {
        let text = text
        // `UInt64` would accept a sign.
        guard text.utf8.count <= 20, text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            return nil
        }
        return UInt64(text)
    }
}

extension AffineTransform {
    /// The maximum magnitude of an entry: all entries up to it are written with six decimals.
    private static let entryLimit = 1e12

    /// The six arguments of SVG's `matrix`.
    fileprivate var entries: [Double] { [a, b, c, d, tx, ty] }

    fileprivate init?(_ json: [JSONValue]) {
        let entries = json.compactMap(\.double).filter { $0.magnitude <= Self.entryLimit }
        guard json.count == 6, entries.count == 6 else { return nil }
        self.init(a: entries[0], b: entries[1], c: entries[2], d: entries[3], tx: entries[4], ty: entries[5])
    }
}

extension JSONValue {
    /// The maximum index of a mask or a stroke: 2⁵³ − 1, up to which readers whose numbers are doubles are exact.
    fileprivate static let maximumCount = 9_007_199_254_740_991

    /// The number if it is an integer from 0 to `maximumCount`.
    fileprivate var count: Int? { integer.flatMap { (0...Self.maximumCount).contains($0) ? $0 : nil } }

    /// The start of the value, for an error message.
    fileprivate var excerpt: String {
        let text = compactText
        let limit = 60
        return text.count > limit ? text.prefix(limit) + "…" : text
    }
}
