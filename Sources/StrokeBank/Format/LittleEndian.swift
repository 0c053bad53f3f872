import FileAccess

// Numbers in bytes, lowest byte first, and in hexadecimal text.

extension UInt64 {
    /// 16 hexadecimal digits.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension [UInt8] {
    /// Appends the bytes of `number`, lowest first.
    package mutating func append(number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

extension RawSpan {
    /// A number in the section `points` of a bank.
    ///
    /// - Parameter width: The bytes of the number: 2, or 4 in a wide drawing.
    @inline(__always)
    func bankNumber(at place: Int, width: Int) -> Int {
        width == 2 ? Int(number(at: place, as: UInt16.self)) : Int(number(at: place, as: UInt32.self))
    }
}
