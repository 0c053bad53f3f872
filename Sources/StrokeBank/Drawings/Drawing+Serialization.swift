// The bytes of a drawing's strokes in a stroke bank (section `points` of `BankFormat`), and their hash.

extension Drawing {
    /// The length of the coordinates in ended strokes: points after the last `endStroke` do not count.
    private var coordinateCount: Int { strokeEnds.last ?? 0 }

    /// Whether numbers take 4 bytes in a bank: the drawing has 65,536 or more strokes or points.
    var isWide: Bool { strokeCount > Int(UInt16.max) || coordinateCount / 2 > Int(UInt16.max) }

    /// The number of bytes that `writeStrokes` writes.
    var serializedStrokeLength: Int { (isWide ? 4 : 2) * (strokeCount + 1) + coordinateCount }

    /// Writes the strokes in the form that they have in a bank.
    ///
    /// - Parameter bytes: At least `serializedStrokeLength` bytes.
    @inline(__always)
    func writeStrokes(to bytes: UnsafeMutableRawBufferPointer) {
        let start = (isWide ? 4 : 2) * (strokeCount + 1)
        let ends = strokeEnds.span
        if isWide {
            unsafe bytes.store(UInt32(strokeCount), at: 0)
            for index in ends.indices { unsafe bytes.store(UInt32(ends[index] / 2), at: 4 * (index + 1)) }
        } else {
            unsafe bytes.store(UInt16(strokeCount), at: 0)
            for index in ends.indices { unsafe bytes.store(UInt16(ends[index] / 2), at: 2 * (index + 1)) }
        }
        unsafe coordinates.span.bytes.withUnsafeBytes { source in
            unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: source[..<coordinateCount]))
        }
    }

    /// XXH64 of the key (8 bytes, little-endian) and the strokes in the form that they have in a bank.
    ///
    /// - Complexity: O(points)
    package var contentHash: UInt64 {
        let length = 8 + serializedStrokeLength
        return unsafe withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { bytes in
            unsafe bytes.store(keyID, at: 0)
            unsafe writeStrokes(to: UnsafeMutableRawBufferPointer(rebasing: bytes[8...]))
            return unsafe XXHash64.checksum(of: UnsafeRawBufferPointer(rebasing: bytes[..<length]).bytes)
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Stores a number, lowest byte first, at an unchecked offset.
    @inline(__always)
    func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
        unsafe storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
    }
}
