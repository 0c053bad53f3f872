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
    func writeStrokes(to bytes: UnsafeMutableRawBufferPointer) {
        unsafe coordinates.withUnsafeBytes { coordinates in
            unsafe strokeEnds.withUnsafeBufferPointer { ends in
                unsafe Self.writeStrokes(coordinates, ends, isWide: isWide, to: bytes)
            }
        }
    }

    @inline(__always)
    private static func writeStrokes(
        _ coordinates: UnsafeRawBufferPointer, _ ends: UnsafeBufferPointer<Int>, isWide: Bool,
        to bytes: UnsafeMutableRawBufferPointer
    ) {
        let start = (isWide ? 4 : 2) * (ends.count + 1)
        if isWide {
            unsafe bytes.store(UInt32(ends.count), at: 0)
            for index in ends.indices { unsafe bytes.store(UInt32(ends[index] / 2), at: 4 * (index + 1)) }
        } else {
            unsafe bytes.store(UInt16(ends.count), at: 0)
            for index in ends.indices { unsafe bytes.store(UInt16(ends[index] / 2), at: 2 * (index + 1)) }
        }
        unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: coordinates[..<(ends.last ?? 0)]))
    }

    /// XXH64 of the key (8 bytes, little-endian) and the strokes in the form that they have in a bank.
    ///
    /// - Complexity: O(points)
    package var contentHash: UInt64 {
        let (length, isWide, keyID) = (8 + serializedStrokeLength, isWide, keyID)
        // Pointers to the contents: the closure would copy the drawing.
        return unsafe coordinates.withUnsafeBytes { coordinates in
            unsafe strokeEnds.withUnsafeBufferPointer { ends in
                unsafe withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { bytes in
                    unsafe bytes.store(keyID, at: 0)
                    unsafe Self.writeStrokes(
                        coordinates, ends, isWide: isWide, to: UnsafeMutableRawBufferPointer(rebasing: bytes[8...]))
                    return unsafe XXHash64.checksum(of: UnsafeRawBufferPointer(rebasing: bytes[..<length]).bytes)
                }
            }
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
