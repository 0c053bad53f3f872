import JSONText
import PlaneGeometry

/// A compact encoding of the numbers in a page's data as bytes. `decoding.js` is the decoder.
struct PageDataEncoding: Hashable, Sendable {
    private(set) var bytes: [UInt8] = []

    /// Encodes a path: its first point, and the differences from point to point, in 0.01 px, x before y.
    init(_ path: Polyline) {
        var last = (x: 0, y: 0)
        for point in path.points {
            let next = (x: Int((point.x * 100).rounded()), y: Int((point.y * 100).rounded()))
            append(next.x - last.x)
            append(next.y - last.y)
            last = next
        }
    }

    /// Encodes ratios of 0 to 1 in units of 1/65,535, two bytes each, the low byte first.
    init(ratios: [Double]) {
        for ratio in ratios {
            let level = UInt16((min(max(ratio, 0), 1) * 65_535).rounded())
            bytes += [UInt8(truncatingIfNeeded: level), UInt8(truncatingIfNeeded: level >> 8)]
        }
    }

    /// Appends a whole number in zigzag encoding: twice its value, or if negative twice its magnitude less 1; in groups of
    /// seven bits, the lowest first. The top bit of a byte is set if more follow.
    private mutating func append(_ number: Int) {
        var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The bytes in base64.
    var base64: String { String(base64Encoding: bytes) }
}
