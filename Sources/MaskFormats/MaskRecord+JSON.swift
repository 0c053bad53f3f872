public import JSONText
import MaskModel
import PlaneGeometry

extension MaskRecord {
    /// Writes the mask as one JSON object, without a line end.
    ///
    /// - Complexity: O(points)
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("format", Self.format)
            writeIdentity(to: &json)
            json.name("strokes")
            json.array { json in
                for stroke in mask.strokes { stroke.write(to: &json) }
            }
        }
    }

    /// The members that say which mask it is and how it was made.
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
            json.member("upscale", upscale, decimals: 4)
        }
        if let widthFactor {
            json.member("width_factor", widthFactor, decimals: 4)
        }
        if let holeRatio {
            json.member("hole_ratio", holeRatio, decimals: 4)
        }
    }

    /// Reads a mask out of a JSON value. Only `format`, `canvas` and `strokes` are required; what it does not know is
    /// passed over.
    ///
    /// - Throws: `MaskFormatError` without a line, which the caller knows.
    public init(_ json: JSONValue) throws(MaskFormatError) {
        guard json.kind == .object else { throw MaskFormatError("not a JSON object; expected a mask") }
        guard let format = json["format"]?.string else {
            throw MaskFormatError("no \"format\"; expected \"\(Self.format)\"")
        }
        guard format == Self.format else {
            throw MaskFormatError("\"format\" is \"\(format.text)\"; expected \"\(Self.format)\"")
        }
        guard let canvas = json["canvas"] else { throw MaskFormatError("no \"canvas\"; expected [width, height]") }
        guard let strokes = json["strokes"]?.elements else {
            throw MaskFormatError("no array \"strokes\"; expected one, of brush strokes")
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
            guard let string = value.string else { throw MaskFormatError("\"id\" is not a string") }
            id = string.text
        }
        if let value = json["split"] {
            guard let split = value.string.flatMap({ Split(rawValue: $0.text) }) else {
                throw MaskFormatError("\"split\" is neither \"train\" nor \"test\"")
            }
            self.split = split
        }
        if let value = json["index"] {
            guard let index = value.int, index >= 0 else {
                throw MaskFormatError("\"index\" is not a whole number of 0 or more")
            }
            self.index = index
        }
        upscale = try Self.number("upscale", of: json, from: .leastNonzeroMagnitude)
        widthFactor = try Self.number("width_factor", of: json, from: .leastNonzeroMagnitude)
        holeRatio = try Self.number("hole_ratio", of: json, from: 0, to: 1)
    }

    private static func size(_ value: JSONValue) throws(MaskFormatError) -> PixelSize {
        guard let sides = value.elements.map(Array.init), sides.count == 2,
            let width = sides[0].int, let height = sides[1].int, let size = PixelSize(width: width, height: height)
        else {
            throw MaskFormatError("\"canvas\" is not [width, height] in whole px, each 1 to \(PixelSize.maximumSide)")
        }
        return size
    }

    private static func number(
        _ name: StaticString, of json: JSONValue, from low: Double, to high: Double = .greatestFiniteMagnitude
    ) throws(MaskFormatError) -> Double? {
        guard let value = json[name] else { return nil }
        guard let number = value.double, (low...high).contains(number) else {
            throw MaskFormatError("\"\(name)\" is not a number in its range")
        }
        return number
    }
}

extension BrushStroke {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("width", width, decimals: 2)
            json.name("points")
            json.array { json in
                for point in path.points {
                    json.array { json in
                        json.value(point.x, decimals: 2)
                        json.value(point.y, decimals: 2)
                    }
                }
            }
            if let origin {
                json.name("source")
                origin.write(to: &json)
            }
        }
    }

    fileprivate init(_ json: JSONValue) throws(MaskFormatError) {
        guard let width = json["width"]?.double else { throw MaskFormatError("no number \"width\"; expected one, in px") }
        guard let pairs = json["points"]?.elements else { throw MaskFormatError("no array \"points\"; expected one") }
        var points: [Point] = []
        for (index, pair) in pairs.enumerated() {
            guard var numbers = pair.elements, let x = numbers.next()?.double, let y = numbers.next()?.double,
                numbers.next() == nil
            else { throw MaskFormatError("point \(index) is not [x, y]") }
            points.append(Point(x: x, y: y))
        }
        let origin: StrokeOrigin? = if let source = json["source"] { try StrokeOrigin(source) } else { nil }
        do {
            try self.init(path: Polyline(points), width: width, origin: origin)
        } catch {
            throw MaskFormatError("\(error)")
        }
    }
}

extension StrokeOrigin {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("word", word)
            json.member("key_id", String(keyID))
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
        guard let word = json["word"]?.string, let key = json["key_id"]?.string, let keyID = UInt64(key.text),
            !key.text.hasPrefix("+"),
            let stroke = json["stroke"]?.int, stroke >= 0
        else { throw MaskFormatError("\"source\" is not {\"word\": …, \"key_id\": \"…\", \"stroke\": …}") }
        self.init(word: word.text, keyID: keyID, stroke: stroke)
        if let value = json["transform"] {
            guard let transform = AffineTransform(entries: value.elements?.compactMap(\.double) ?? []) else {
                throw MaskFormatError("\"transform\" is not [a, b, c, d, e, f]")
            }
            self.transform = transform
        }
    }
}

extension AffineTransform {
    /// The six numbers of SVG's `matrix`.
    fileprivate var entries: [Double] { [a, b, c, d, tx, ty] }

    fileprivate init?(entries: [Double]) {
        guard entries.count == 6 else { return nil }
        self.init(a: entries[0], b: entries[1], c: entries[2], d: entries[3], tx: entries[4], ty: entries[5])
    }
}
