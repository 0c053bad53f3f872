/// The header of a block with its own code (RFC 1951, section 3.2.7): the code lengths, which are themselves coded.
@safe struct DynamicBlockHeader: ~Copyable {
    /// One or more code lengths: symbols 0 to 15 are lengths, 16 is 3 to 6 more of the last one, 17 and 18 are zeros.
    private struct Entry {
        let symbol: Int
        var extra = 0
        var extraBits = 0
    }

    /// The order in which the code lengths of the entries' code are written.
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthLimit = DeflateSymbol.literalCount + 30

    private let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: lengthLimit)
    private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: lengthLimit)
    private let frequencies = UnsafeMutablePointer<UInt32>.allocate(capacity: 19)
    private var code = HuffmanCode(symbolCount: 19)
    private var literalCount = 0
    private var distanceCount = 0
    private var entryCount = 0
    private var orderCount = 0

    deinit {
        unsafe lengths.deallocate()
        unsafe entries.deallocate()
        unsafe frequencies.deallocate()
    }

    /// Makes the header for a code of literals and lengths, and of the distance 1 and another, with one bit each; returns
    /// its number of bits.
    ///
    /// - Parameter farSymbol: The symbol of the other distance, at least 1.
    mutating func prepare(_ literals: borrowing HuffmanCode, farSymbol: Int) -> Int {
        literalCount = DeflateSymbol.literalCount
        while unsafe literals.lengths[literalCount - 1] == 0 { literalCount -= 1 }
        distanceCount = farSymbol + 1
        let (lengths, count) = unsafe (lengths, literalCount + distanceCount)
        unsafe lengths.update(from: literals.lengths, count: literalCount)
        for symbol in 0..<distanceCount {
            unsafe lengths[literalCount + symbol] = symbol == 0 || symbol == farSymbol ? 1 : 0
        }
        entryCount = 0
        var index = 0
        while index < count {
            let length = unsafe lengths[index]
            var end = index + 1
            // Most lengths are 0: eight at a time.
            while length == 0, end + 8 <= count,
                unsafe UnsafeRawPointer(lengths + end).loadUnaligned(as: UInt64.self) == 0
            {
                end += 8
            }
            while end < count, unsafe lengths[end] == length { end += 1 }
            append(Int(length), count: end - index)
            index = end
        }
        return prepareCode()
    }

    /// Adds the entries for `count` equal lengths.
    private mutating func append(_ length: Int, count: Int) {
        var left = count
        if length > 0 {
            append(Entry(symbol: length))
            left -= 1
        }
        while left >= 3 {
            let step: Int
            if length > 0 {
                step = min(left, 6)
                append(Entry(symbol: 16, extra: step - 3, extraBits: 2))
            } else if left <= 10 {
                step = left
                append(Entry(symbol: 17, extra: step - 3, extraBits: 3))
            } else {
                step = min(left, 138)
                append(Entry(symbol: 18, extra: step - 11, extraBits: 7))
            }
            left -= step
        }
        for _ in 0..<left { append(Entry(symbol: length)) }
    }

    private mutating func append(_ entry: Entry) {
        unsafe entries[entryCount] = entry
        entryCount += 1
    }

    /// Makes the entries' code; returns the number of bits of the header.
    private mutating func prepareCode() -> Int {
        unsafe frequencies.initialize(repeating: 0, count: 19)
        var total = 5 + 5 + 4
        for index in 0..<entryCount {
            unsafe frequencies[entries[index].symbol] += 1
            unsafe total += entries[index].extraBits
        }
        unsafe code.build(frequencies, limit: 7)
        orderCount = Self.order.count
        while orderCount > 4, unsafe code.lengths[Self.order[orderCount - 1]] == 0 { orderCount -= 1 }
        for index in 0..<entryCount { unsafe total += Int(code.lengths[entries[index].symbol]) }
        return total + 3 * orderCount
    }

    /// Writes the header that was prepared last.
    func write(to cursor: inout BitCursor) {
        cursor.write(UInt64(literalCount - 257), count: 5)
        cursor.write(UInt64(distanceCount - 1), count: 5)
        cursor.write(UInt64(orderCount - 4), count: 4)
        for index in 0..<orderCount { unsafe cursor.write(UInt64(code.lengths[Self.order[index]]), count: 3) }
        for index in 0..<entryCount {
            let entry = unsafe entries[index]
            let length = unsafe Int(code.lengths[entry.symbol])
            unsafe cursor.write(
                UInt64(code.codes[entry.symbol]) | UInt64(entry.extra) << UInt64(length),
                count: UInt64(length + entry.extraBits))
        }
    }
}
