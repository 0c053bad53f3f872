/// A position in a pickle, and how numbers, bytes, and text are read there.
struct PickleCursor {
    /// The file that contains the pickle up to its end.
    let data: [UInt8]
    /// The offset of the next byte.
    private(set) var place: Int

    /// A cursor at an offset in `data`.
    init(data: [UInt8], place: Int) {
        self.data = data
        self.place = place
    }

    /// Whether no byte follows.
    var isAtEnd: Bool { place == data.count }

    /// The next byte.
    mutating func byte() throws(PickleError) -> UInt8 {
        guard place < data.count else { throw .cutOff }
        defer { place += 1 }
        return data[place]
    }

    /// The little-endian number of `count` bytes.
    mutating func number(_ count: Int) throws(PickleError) -> Int {
        guard data.count - place >= count else { throw .cutOff }
        var number = 0
        for index in (0..<count).reversed() { number = number << 8 | Int(data[place + index]) }
        place += count
        return number
    }

    /// A signed number of up to eight bytes.
    mutating func long() throws(PickleError) -> Int {
        let count = try number(1)
        guard count <= 8 else { throw .invalid("has a number of \(count) bytes") }
        guard count > 0 else { return 0 }
        let bits = 64 - 8 * count
        return (try number(count) << bits) >> bits
    }

    /// As many bytes as a number of `count` bytes says.
    mutating func bytes(lengthOf count: Int) throws(PickleError) -> PickledBytes {
        let length = try number(count)
        guard length >= 0, length <= data.count - place else { throw .cutOff }
        defer { place += length }
        return PickledBytes(isDecoded: false, range: place..<place + length)
    }

    /// The text up to a line end.
    mutating func line() throws(PickleError) -> String {
        guard let end = data[place...].prefix(256).firstIndex(of: 0x0A) else { throw .cutOff }
        defer { place = end + 1 }
        return String(decoding: data[place..<end], as: UTF8.self)
    }
}
