/// Counts the symbols of a block: its literals and its match lengths.
///
/// Heads and tails of tokens are counted first, as they are; what each consists of is added up once for all of one kind.
@safe struct SymbolCounter: ~Copyable {
    /// For each symbol of the block its frequency; undefined before `count`.
    let frequencies = UnsafeMutablePointer<UInt32>.allocate(capacity: DeflateSymbol.fixedCount)
    /// The number of matches, and of these the ones of the copy distance.
    private(set) var matchCount = 0
    private(set) var copyMatchCount = 0
    /// The largest head and tail that have entries in tables.
    private(set) var largestHead = 0
    private(set) var largestTail = 0

    private let heads = UnsafeMutablePointer<UInt32>.allocate(capacity: RunToken.tableSize)
    private let tails = UnsafeMutablePointer<UInt32>.allocate(capacity: RunToken.tableSize)
    /// For each match length its frequency; index 0 is for no match.
    private let lengths = UnsafeMutablePointer<UInt32>.allocate(capacity: DeflateSymbol.matchLengths.upperBound + 1)

    init() {}

    deinit {
        unsafe frequencies.deallocate()
        unsafe heads.deallocate()
        unsafe tails.deallocate()
        unsafe lengths.deallocate()
    }

    /// Counts the symbols of all tokens, and one end of the block.
    ///
    /// - Complexity: O(tokens)
    mutating func count(_ tokens: UnsafeBufferPointer<RunToken>, _ form: RunToken.Form) {
        let tableSize = RunToken.tableSize
        unsafe frequencies.initialize(repeating: 0, count: DeflateSymbol.fixedCount)
        unsafe lengths.initialize(repeating: 0, count: DeflateSymbol.matchLengths.upperBound + 1)
        unsafe heads.initialize(repeating: 0, count: tableSize)
        unsafe tails.initialize(repeating: 0, count: form.tailCount)
        copyMatchCount = 0
        let (heads, tails) = unsafe (heads, tails)
        let outsideTables = form.outsideTables
        // No head and no tail of the tables is larger than all of them together.
        var union: UInt64 = 0
        for index in tokens.indices {
            let token = unsafe tokens[index]
            if token.bits & outsideTables == 0 {
                union |= token.bits
                unsafe heads[token.head] &+= 1
                unsafe tails[token.tail] &+= 1
            } else {
                countLong(token, form)
            }
        }
        largestHead = unsafe Self.largest(in: heads, upTo: Int(union & 0xFFFF_FFFF))
        largestTail = unsafe Self.largest(in: tails, upTo: Int(union &>> 32))
        addHeadsAndTails(form)
        addLengths()
        unsafe frequencies[DeflateSymbol.endOfBlock] = 1
    }

    /// Counts a token that has no entry in a table.
    private mutating func countLong(_ token: RunToken, _ form: RunToken.Form) {
        if token.isCopy {
            let split = MatchLengthSplit(token.tail)
            copyMatchCount += split.fullCount + (split.first > 0 ? 1 : 0) + (split.second > 0 ? 1 : 0)
            addMatches(token.tail)
            return
        }
        switch form {
        case .literalAndZeros:
            unsafe frequencies[token.head] &+= 1
            addRun(0, count: token.tail)
        case .literalAndRepeats:
            unsafe frequencies[token.head] &+= 1
            addMatches(token.tail)
        case .blackAndWhite:
            addRun(0, count: token.head)
            addRun(255, count: token.tail)
        }
    }

    /// Adds the symbols of `count` bytes of one value.
    private func addRun(_ value: Int, count: Int) {
        if count <= DeflateSymbol.matchLengths.lowerBound {
            unsafe frequencies[value] &+= UInt32(truncatingIfNeeded: count)
        } else {
            unsafe frequencies[value] &+= 1
            addMatches(count - 1)
        }
    }

    /// Adds the matches of `length` bytes, at least 3.
    private func addMatches(_ length: Int) {
        let split = MatchLengthSplit(length)
        unsafe lengths[DeflateSymbol.matchLengths.upperBound] &+= UInt32(truncatingIfNeeded: split.fullCount)
        unsafe lengths[split.first] &+= 1
        unsafe lengths[split.second] &+= 1
    }

    /// The largest index that was counted, or 0; it is not above `limit`.
    private static func largest(in counts: UnsafeMutablePointer<UInt32>, upTo limit: Int) -> Int {
        var index = limit
        while index > 0, unsafe counts[index] == 0 { index &-= 1 }
        return index
    }

    private func addHeadsAndTails(_ form: RunToken.Form) {
        switch form {
        case .literalAndZeros:
            for value in 0..<256 { unsafe frequencies[value] &+= heads[value] }
            unsafe addRuns(0, tails, largest: largestTail)
        case .literalAndRepeats:
            for value in 0..<256 { unsafe frequencies[value] &+= heads[value] }
            unsafe addMatches(tails, largest: largestTail)
        case .blackAndWhite:
            unsafe addRuns(0, heads, largest: largestHead)
            unsafe addRuns(255, tails, largest: largestTail)
        }
    }

    /// Adds runs of one value, given as a count for each number of bytes.
    private func addRuns(_ value: Int, _ counts: UnsafeMutablePointer<UInt32>, largest: Int) {
        var literals = unsafe counts[1] &+ 2 &* counts[2] &+ 3 &* counts[3]
        var index = 4
        while index <= largest {
            unsafe literals &+= counts[index]
            index &+= 1
        }
        unsafe frequencies[value] &+= literals
        // The first byte is the literal; up to two more are literals, too.
        unsafe addMatches(counts + 1, largest: largest - 1)
    }

    /// Adds the matches of stretches of bytes, given as a count for each number of bytes; fewer than 3 need none.
    private func addMatches(_ counts: UnsafeMutablePointer<UInt32>, largest: Int) {
        let (lengths, full) = unsafe (lengths, DeflateSymbol.matchLengths.upperBound)
        var fullCount: UInt32 = 0
        var start = 0
        var quotient: UInt32 = 0
        while start < largest {
            let part = unsafe counts + start
            // As `MatchLengthSplit` splits: after one or two bytes more than full matches, one of these is shorter.
            if quotient > 0 {
                unsafe fullCount &+= (quotient &- 1) &* (part[1] &+ part[2])
                unsafe lengths[255] &+= part[1] &+ part[2]
                unsafe lengths[4] &+= part[1]
                unsafe lengths[5] &+= part[2]
            }
            var sum: UInt32 = 0
            let end = min(full, largest &- start)
            var length = DeflateSymbol.matchLengths.lowerBound
            while length <= end {
                unsafe lengths[length] &+= part[length]
                unsafe sum &+= part[length]
                length &+= 1
            }
            fullCount &+= quotient &* sum
            start &+= full
            quotient &+= 1
        }
        unsafe lengths[full] &+= fullCount
    }

    /// Adds the frequencies of match lengths to those of their symbols.
    private mutating func addLengths() {
        let (lengths, frequencies) = unsafe (lengths, frequencies)
        var total: UInt32 = 0
        DeflateSymbol.forEachLengthSymbol { symbol, symbolLengths, _ in
            var sum: UInt32 = 0
            for length in symbolLengths { unsafe sum &+= lengths[length] }
            unsafe frequencies[symbol] = sum
            total &+= sum
        }
        matchCount = Int(total)
    }
}
