import JSONText

/// A member of a spec's file that is not what it should be.
public struct SpecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: `"flip" is 3; expected true or false`.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ name: String, _ value: JSONValue, expected: String) {
        self.init("\"\(name)\" is \(value.compactText); expected \(expected)")
    }
}

extension JSONValue {
    /// What `read` makes of the value of the member `name`.
    func expected<Value>(
        _ read: (JSONValue) -> Value?, _ expected: String, as name: String
    ) throws(SpecError) -> Value {
        guard let value = read(self) else { throw SpecError(name, self, expected: expected) }
        return value
    }

    func number(as name: String) throws(SpecError) -> Double {
        try expected(\.double, "a number", as: name)
    }

    func count(as name: String, from least: Int) throws(SpecError) -> Int {
        try expected({ $0.int.flatMap { $0 >= least ? $0 : nil } }, "a whole number of \(least) or more", as: name)
    }

    func text(as name: String) throws(SpecError) -> String {
        try expected({ $0.string?.text }, "a string", as: name)
    }

    func range(as name: String) throws(SpecError) -> ClosedRange<Double> {
        let ends = elements.map { $0.map(\.double) } ?? []
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            throw SpecError(name, self, expected: "[least, greatest]")
        }
        return low...high
    }
}
