import PlaneGeometry

// How the page's data are written, so that they are small: numbers as bytes, bytes as base64. `code.js` reads them.

/// Bytes in the making that stand for numbers.
struct CompactCode: Hashable, Sendable {
    private(set) var bytes: [UInt8] = []

    /// A path as its first point and the steps from point to point, in 0.01 px, x before y.
    init(_ path: Polyline) {
        var last = (x: 0, y: 0)
        for point in path.points {
            let next = (x: Int((point.x * 100).rounded()), y: Int((point.y * 100).rounded()))
            append(next.x - last.x)
            append(next.y - last.y)
            last = next
        }
    }

    /// Shares of 0 to 1 in 1/65,535, two bytes each, the low one first.
    init(shares: [Double]) {
        for share in shares {
            let level = UInt16((min(max(share, 0), 1) * 65_535).rounded())
            bytes += [UInt8(truncatingIfNeeded: level), UInt8(truncatingIfNeeded: level >> 8)]
        }
    }

    /// A whole number: twice its value, or for one below 0 twice its magnitude less 1; seven bits a byte, low ones
    /// first, and the top bit set where more follow.
    private mutating func append(_ number: Int) {
        var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The bytes as text.
    var base64: String { String(base64: bytes) }
}

extension String {
    /// Bytes as base64 (RFC 4648), padded.
    init(base64 bytes: [UInt8]) {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<Swift.min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        self.init(decoding: text, as: UTF8.self)
    }
}
