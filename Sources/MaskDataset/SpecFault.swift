import JSONText

/// A member of a spec's file that is not what it should be.
public struct SpecFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: `"flip" is 3; wanted true or false`.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ name: String, _ value: JSONValue, wanted: String) {
        self.init("\"\(name)\" is \(value.compactText); wanted \(wanted)")
    }
}

extension JSONValue {
    /// What `read` makes of the value of the member `name`.
    func wanted<Value>(
        _ read: (JSONValue) -> Value?, _ wanted: String, as name: String
    ) throws(SpecFault) -> Value {
        guard let value = read(self) else { throw SpecFault(name, self, wanted: wanted) }
        return value
    }

    func number(as name: String) throws(SpecFault) -> Double {
        try wanted(\.double, "a number", as: name)
    }

    func count(as name: String, from least: Int) throws(SpecFault) -> Int {
        try wanted({ $0.int.flatMap { $0 >= least ? $0 : nil } }, "a whole number of \(least) or more", as: name)
    }

    func text(as name: String) throws(SpecFault) -> String {
        try wanted({ $0.string?.text }, "a string", as: name)
    }

    func range(as name: String) throws(SpecFault) -> ClosedRange<Double> {
        let ends = elements.map { $0.map(\.double) } ?? []
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            throw SpecFault(name, self, wanted: "[least, greatest]")
        }
        return low...high
    }
}
