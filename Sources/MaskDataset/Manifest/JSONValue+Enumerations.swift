import JSONText

// Cases of an enumeration, which files record by name.

extension JSONValue {
    /// The case that this string names; nil for any other value.
    func name<Value: RawRepresentable<String>>(of type: Value.Type) -> Value? {
        string.flatMap { Value(rawValue: $0.text) }
    }

    /// The cases that the elements of this array name, without those that are unknown; empty for any other value.
    func names<Value: RawRepresentable<String>>(of type: Value.Type) -> [Value] {
        elements?.compactMap { $0.name(of: type) } ?? []
    }
}

extension JSONWriter {
    /// Writes an array of the names of `values`.
    mutating func array(of values: [some RawRepresentable<String>]) {
        array { json in
            for value in values { json.value(value.rawValue) }
        }
    }
}
