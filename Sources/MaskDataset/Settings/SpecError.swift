import JSONText

/// An invalid member of a spec file.
struct SpecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: `"flip" is 3; expected true or false`.
    let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ name: String, _ value: JSONValue, expected: String) {
        self.init("\"\(name)\" is \(value.compactText); expected \(expected)")
    }

    init(unknown name: String, in place: String, expected: String = "only members of dataset.json") {
        self.init("unknown member \"\(name)\" in \(place); expected \(expected)")
    }
}

extension JSONValue {
    /// Returns the result of `read`, or throws an error that names the member and the expected value if it is nil.
    func expected<Value>(
        _ read: (JSONValue) -> Value?, _ expected: String, as name: String
    ) throws(SpecError) -> Value {
        guard let value = read(self) else { throw SpecError(name, self, expected: expected) }
        return value
    }

    /// Checks that no member of an object occurs twice: otherwise their order would matter.
    func checkMembersAreUnique() throws(SpecError) {
        var names: Set<String> = []
        for member in members where !names.insert(member.name.text).inserted {
            throw SpecError("\"\(member.name.text)\" occurs twice; expected each member once")
        }
    }

    func number(as name: String) throws(SpecError) -> Double {
        try expected(\.double, "a number", as: name)
    }

    func count(as name: String, from minimum: Int, to maximum: Int = .max) throws(SpecError) -> Int {
        let range = maximum == .max ? "of \(minimum) or more" : "from \(minimum) to \(maximum)"
        return try expected(
            { $0.int.flatMap { (minimum...maximum).contains($0) ? $0 : nil } }, "a whole number \(range)", as: name)
    }

    func text(as name: String) throws(SpecError) -> String {
        try expected({ $0.string?.text }, "a string", as: name)
    }

    func range(as name: String) throws(SpecError) -> ClosedRange<Double> {
        let ends = elements.map { $0.map(\.double) } ?? []
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            throw SpecError(name, self, expected: "[minimum, maximum]")
        }
        return low...high
    }

    /// The set of cases that an array names, each of them once.
    func set<Value: RawRepresentable<String> & CaseIterable & Hashable>(
        of type: Value.Type, as name: String
    ) throws(SpecError) -> Set<Value> {
        let names = type.allCases.map(\.rawValue).joined(separator: ", ")
        guard let count = elements.map({ $0.reduce(0) { sum, _ in sum + 1 } }) else {
            throw SpecError(name, self, expected: "a list of \(names)")
        }
        let values = Set(self.names(of: type))
        guard values.count == count else { throw SpecError(name, self, expected: "a list of \(names)") }
        return values
    }
}
