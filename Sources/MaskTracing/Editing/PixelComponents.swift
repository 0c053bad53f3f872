/// The connected components of pixels: sets of pixels, each next to another of the set, also diagonally.
struct PixelComponents {
    /// The pixels of each component as x and y, in the order of discovery.
    private(set) var components: [[(x: Int, y: Int)]] = []

    /// Groups the pixels of words of rows, as in a bitmap.
    init(_ words: [UInt64], wordsPerRow: Int) {
        var rest = words
        let height = words.count / max(wordsPerRow, 1)
        func take(_ x: Int, _ y: Int) -> Bool {
            guard x >= 0, y >= 0, y < height, x < wordsPerRow * 64 else { return false }
            let bit: UInt64 = 1 << UInt64(x & 63)
            guard rest[y * wordsPerRow + x >> 6] & bit != 0 else { return false }
            rest[y * wordsPerRow + x >> 6] &= ~bit
            return true
        }
        for index in words.indices {
            while rest[index] != 0 {
                let start = (x: index % wordsPerRow * 64 + rest[index].trailingZeroBitCount, y: index / wordsPerRow)
                _ = take(start.x, start.y)
                var component = [start]
                var place = 0
                while place < component.count {
                    let pixel = component[place]
                    place += 1
                    for y in pixel.y - 1...pixel.y + 1 {
                        for x in pixel.x - 1...pixel.x + 1 where take(x, y) { component.append((x, y)) }
                    }
                }
                components.append(component)
            }
        }
    }
}
