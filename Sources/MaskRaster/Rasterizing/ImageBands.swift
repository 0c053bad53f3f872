public import MaskModel

/// The bands of an image: ranges of rows, from the top, so that a large image need not be in memory as a whole.
public struct ImageBands: Sequence, Sendable {
    /// The maximum number of pixels of a band, unless a single row has more: 256 KiB as a bitmap, which stay in the cache
    /// of a core from drawing to encoding.
    public static let maximumArea = 1 << 21

    private let size: PixelSize

    /// Creates the bands of an image of `size`.
    public init(of size: PixelSize) {
        self.size = size
    }

    /// Returns an iterator over the row ranges of the bands, from the top.
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

extension PixelSize {
    /// Returns the size of a band of an image of this size.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or not within the image.
    func band(_ rows: Range<Int>) throws(RasterizerError) -> PixelSize {
        guard rows.lowerBound >= 0, rows.upperBound <= height, let size = PixelSize(width: width, height: rows.count)
        else { throw RasterizerError("rows \(rows) of an image of \(self) px; expected some of its rows") }
        return size
    }
}
