public import MaskModel

/// Cuts an image into bands of whole rows, so that a large one need not be in memory as a whole.
public struct ImageBands: Sequence, Sendable {
    /// How many pixels a band has, at most, unless a single row has more: 256 KiB of bits, which stay in a core's cache
    /// from the drawing to the writing.
    public static let maximumArea = 1 << 21

    private let size: PixelSize

    /// The bands of an image of `size`.
    public init(of size: PixelSize) {
        self.size = size
    }

    /// Gives the rows of each band, from the top.
    public func makeIterator() -> AnyIterator<Range<Int>> {
        let height = Swift.max(1, Self.maximumArea / size.width)
        var start = 0
        return AnyIterator { [size] in
            guard start < size.height else { return nil }
            defer { start += height }
            return start..<Swift.min(start + height, size.height)
        }
    }
}
