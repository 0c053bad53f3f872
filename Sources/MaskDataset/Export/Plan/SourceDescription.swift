import JSONText

/// What the manifest says about the drawings: their fingerprint, the counts of what is used, and of what was left out.
struct SourceDescription: Hashable, Sendable {
    /// The fingerprint of the drawings; see `DrawingsDigest`.
    let fingerprint: String
    /// The members as JSON, without white space.
    private let text: String

    /// Describes the drawings that `settings` choose from a source.
    init(_ pool: AnyStrokeSource, fingerprint: String, settings: PoolSettings) {
        self.fingerprint = fingerprint
        var json = JSONWriter()
        json.object { json in
            json.member("fingerprint", fingerprint)
            json.member("categories", pool.categoryCount)
            json.member("drawings", pool.drawingCount)
            json.member("strokes", pool.strokeCount)
            pool.skippedContents.write(to: &json, filter: settings.filter)
        }
        text = String(decoding: json.bytes, as: UTF8.self)
    }

    /// Reads the description in a plan; nil if it has no fingerprint.
    init?(_ json: JSONValue) {
        guard let fingerprint = json["fingerprint"]?.string?.text else { return nil }
        self.fingerprint = fingerprint
        text = json.compactText
    }

    func write(to json: inout JSONWriter) {
        var parser = JSONParser()
        do {
            json.value(try parser.parse(Array(text.utf8)))
        } catch {
            // The text was written or parsed before.
            json.null()
        }
    }
}

extension JSONWriter {
    /// Copies a value of whole numbers, strings, and what consists of them.
    fileprivate mutating func value(_ value: JSONValue) {
        switch value.kind {
        case .object:
            object { json in
                for member in value.members {
                    json.name(member.name.text)
                    json.value(member.value)
                }
            }
        case .array:
            array { json in
                for element in value.elements.map(Array.init) ?? [] { json.value(element) }
            }
        case .string: self.value(value.string?.text ?? "")
        default: value.int.map { self.value($0) } ?? null()
        }
    }
}
