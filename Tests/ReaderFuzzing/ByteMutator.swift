/// Mutates bytes, determined by a seed, and counts the mutated ones.
public struct ByteMutator: RandomNumberGenerator {
    /// The number of bytes changed, inserted, or removed so far; a truncation counts as one.
    public private(set) var mutatedCount = 0
    private var state: UInt64

    /// A mutator whose changes are determined by `seed`.
    public init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `limit` − 1.
    mutating func below(_ limit: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

    /// Counts bytes that were changed elsewhere.
    mutating func count(_ changes: Int) { mutatedCount += changes }

    private static let marks = Array("[]{},:\"\\ \t\r\n-+.0123456789eEtfnu".utf8)

    /// Makes 1 to 4 changes starting at `first`: bytes or bits are changed, removed, duplicated, moved, or inserted, or the
    /// end is truncated. Half the time only one byte changes, as small errors are the hardest to find.
    mutating func mutate(_ bytes: inout [UInt8], from first: Int = 0) {
        if below(2) == 0, first < bytes.count {
            let place = first + below(bytes.count - first)
            switch below(4) {
            case 0: bytes[place] = byte()
            case 1: bytes[place] ^= 1 << UInt8(below(8))
            case 2: bytes[place] = Self.marks[below(Self.marks.count)]
            default: bytes[place] &+= below(2) == 0 ? 1 : 0xFF
            }
            mutatedCount += 1
            return
        }
        for _ in 0...below(4) {
            let place = first + below(bytes.count - first + 1)
            let end = min(bytes.count, place + 1 + below(8))
            guard place < end else {
                bytes.append(byte())
                mutatedCount += 1
                continue
            }
            mutatedCount += end - place
            switch below(12) {
            case 0, 1: for index in place..<end { bytes[index] = byte() }
            case 2, 3: for index in place..<end { bytes[index] ^= 1 << UInt8(below(8)) }
            case 4, 5: for index in place..<end { bytes[index] = Self.marks[below(Self.marks.count)] }
            case 6: bytes.removeSubrange(place..<end)
            case 7: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 8: bytes.insert(contentsOf: (place..<end).map { _ in Self.marks[below(Self.marks.count)] }, at: place)
            case 9: for index in place..<end { bytes[index] = [0, 1, 0x7F, 0x80, 0xFF][below(5)] }
            case 10:
                let other = first + below(bytes.count - first)
                for (index, source) in zip(place..<end, other..<bytes.count) { bytes[index] = bytes[source] }
            default:
                guard below(8) == 0 else {
                    bytes[place] = byte()
                    mutatedCount += 1 - (end - place)
                    continue
                }
                bytes.removeSubrange(place...)
                mutatedCount += 1 - (end - place)
            }
        }
    }

    /// `bytes` after `mutate`.
    public mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        mutate(&bytes)
        return bytes
    }

    /// Changes up to `limit` bytes to different values, and returns their offsets.
    mutating func change(_ bytes: inout [UInt8], atMost limit: Int) -> [Int] {
        let places = (0...below(limit)).map { _ in below(bytes.count) }
        for place in Set(places) {
            bytes[place] ^= below(2) == 0 ? 1 << UInt8(below(8)) : UInt8(1 + below(255))
            mutatedCount += 1
        }
        return places
    }
}
