// A name and its value in one call.

extension JSONWriter {
    /// A member that is a string.
    public mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        self.value(value)
    }

    /// A member that is an integer.
    public mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        self.value(value)
    }

    /// A member that is an integer of 0 or more.
    public mutating func member(_ name: StaticString, _ value: UInt64) {
        self.name(name)
        self.value(value)
    }

    /// A member that is a number with at most `decimals` places; `null` if it is not finite.
    public mutating func member(_ name: StaticString, _ value: Double, decimals: Int) {
        self.name(name)
        self.value(value, decimals: decimals)
    }

    /// A member that is a number, which is read back as the same double; `null` if it is not finite.
    public mutating func member(_ name: StaticString, exactly value: Double) {
        self.name(name)
        self.value(exactly: value)
    }
}
