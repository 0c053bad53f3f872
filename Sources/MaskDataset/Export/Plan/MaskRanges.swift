import MaskModel

/// The ranges of `size` masks each into which the masks of one split are divided; the last one can be shorter.
struct MaskRanges: Hashable, Sendable {
    /// The number of masks that a task generates, or a layout's task writes, at a time. The files do not depend on it.
    static let usualSize = 250

    let split: Split
    let maskCount: Int
    let size: Int

    init(_ settings: ExportSettings, of split: Split, size: Int = usualSize) {
        self.split = split
        maskCount = settings.count(of: split)
        self.size = max(1, size)
    }

    /// The number of shards.
    var count: Int { maskCount / size + (maskCount % size > 0 ? 1 : 0) }

    /// The masks of shard `number`, from 0.
    subscript(number: Int) -> Range<Int> {
        let start = number * size
        return start..<start + min(size, maskCount - start)
    }
}
