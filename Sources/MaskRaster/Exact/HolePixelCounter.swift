package import MaskModel
package import PlaneGeometry

/// Counts the hole pixels of strokes by the exact rule, without making their image.
///
/// Spans are set as bits, and the bits are counted: unlike the union of the spans of a row, this needs no sorting, and
/// next to no branches that are hard to predict. It suits images of up to about a million pixels; in larger ones, most
/// bits are never set but must be counted.
///
/// It owns its memory and reuses it from image to image.
@safe
package struct HolePixelCounter: ~Copyable {
    /// One bit per pixel, 1 = hole, the first pixel of a byte in its lowest bit. Each row starts at a multiple of 8 bytes.
    private var bits = UnsafeMutableRawPointer.allocate(byteCount: Self.blockSize, alignment: Self.alignment)
    /// The size of the allocated memory, in bytes.
    private var capacity = 0
    /// The size of the bits of the image with at least 8 spare bytes, in bytes: a multiple of `blockSize`.
    private var byteCount = 0
    private var rowSize = 8
    /// The first row in which a pixel can be set, and the one after the last; the latter is 0 if there is none.
    private var (firstDrawnRow, drawnRowEnd) = (0, 0)
    /// The masks of spans of up to 57 pixels: of *n* + 1 pixels from bit *b* of a byte on, for *n* up to 56 and *b* up to 7, at
    /// 8 *n* + *b*.
    private let masks: UnsafeMutablePointer<UInt64>
    private var size = PixelSize.smallest
    private var grid = SampleGrid(canvas: .smallest, size: .smallest)

    /// The size of the bits that are counted at once, in bytes.
    private static var blockSize: Int { BitCounter.blockCount * MemoryLayout<BitCounter.Word>.size }
    private static var alignment: Int { MemoryLayout<BitCounter.Word>.alignment }

    /// Creates a meter; it allocates memory with the first image and reuses it.
    package init() {
        unsafe masks = .allocate(capacity: 8 * (Painter.longest + 1))
        for distance in 0...Painter.longest {
            for bit in 0..<8 {
                unsafe (masks + 8 * distance + bit).initialize(
                    to: ((UInt64.max >> UInt64(63 - distance)) << UInt64(bit)).littleEndian)
            }
        }
    }

    deinit {
        unsafe bits.deallocate()
        unsafe masks.deallocate()
    }

    /// Starts an image of `size` for a mask on `canvas`, without hole pixels.
    ///
    /// - Complexity: O(pixels / 64)
    package mutating func begin(canvas: PixelSize, size: PixelSize) {
        self.size = size
        grid = SampleGrid(canvas: canvas, size: size)
        rowSize = (size.width + 63) / 64 * 8
        byteCount = (rowSize * size.height + 8 + Self.blockSize - 1) / Self.blockSize * Self.blockSize
        if byteCount > capacity {
            unsafe bits.deallocate()
            unsafe bits = .allocate(byteCount: byteCount, alignment: Self.alignment)
            capacity = byteCount
        }
        unsafe bits.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        (firstDrawnRow, drawnRowEnd) = (size.height, 0)
    }

    /// Draws a stroke through `points`; points and width are in canvas px.
    ///
    /// - Complexity: O(points + rows that the segments cross)
    package mutating func add(_ points: borrowing Span<Point>, width: Double) {
        var painter = unsafe Painter(bits: bits, masks: masks, rowSize: rowSize)
        // Local copies stay in registers.
        var (first, end) = (firstDrawnRow, drawnRowEnd)
        points.forEachCapsule(radius: width / 2, on: grid) { capsule in
            let rows = capsule.visible
            if !rows.isEmpty { (first, end) = (min(first, rows.lowerBound), max(end, rows.upperBound)) }
            capsule.paint(0..<size.height, &painter)
        }
        (firstDrawnRow, drawnRowEnd) = (first, end)
    }

    /// The ratio of hole pixels to all pixels, 0 to 1.
    ///
    /// - Complexity: O(pixels / 64) of the rows between the first and the last hole pixel
    package var holeRatio: Double {
        var counter = BitCounter()
        let first = firstDrawnRow * rowSize / Self.blockSize * Self.blockSize
        // Blocks can end behind the last row, where no bit is set.
        for start in stride(from: first, to: drawnRowEnd * rowSize, by: Self.blockSize) {
            let block = unsafe bits + start
            counter.add { index in
                unsafe block.load(
                    fromByteOffset: index &* MemoryLayout<BitCounter.Word>.size, as: BitCounter.Word.self)
            }
        }
        return Double(counter.count) / Double(size.area)
    }

    /// Whether a pixel of the first or last column or of the first or last row is hole.
    ///
    /// - Complexity: O(rows + columns / 64)
    package var hasHoleAtEdge: Bool {
        let (lastRow, lastColumn) = (size.height - 1, size.width - 1)
        for offset in stride(from: 0, to: rowSize, by: 8) {
            let (top, bottom) = unsafe (
                bits.load(fromByteOffset: offset, as: UInt64.self),
                bits.load(fromByteOffset: lastRow * rowSize + offset, as: UInt64.self)
            )
            if top | bottom != 0 { return true }
        }
        for row in 0...lastRow {
            let (left, right) = unsafe (
                bits.load(fromByteOffset: row * rowSize, as: UInt8.self),
                bits.load(fromByteOffset: row * rowSize + lastColumn / 8, as: UInt8.self)
            )
            if left & 1 | right >> UInt8(lastColumn % 8) & 1 != 0 { return true }
        }
        return false
    }

    /// Sets spans in memory lent by `add`.
    @safe
    private struct Painter: SpanPainter {
        let bits: UnsafeMutableRawPointer
        let masks: UnsafeMutablePointer<UInt64>
        let rowSize: Int

        /// The largest distance between the first and the last of pixels that are within 8 bytes, wherever they start.
        static var longest: Int { 56 }

        /// Sets the pixels from `first` to `last` of `row`; longer spans take several steps of 7 bytes.
        @inline(__always)
        func fill(from first: Int, to last: Int, row: Int) {
            var start = unsafe bits + (row &* rowSize &+ first &>> 3)
            var distance = last &- first
            while distance > Self.longest {
                unsafe start.set(masks[8 &* Self.longest &+ (first & 7)])
                unsafe start += Self.longest / 8
                distance &-= Self.longest
            }
            unsafe start.set(masks[8 &* distance &+ (first & 7)])
        }

        /// The same for all rows between two edges, whose spans differ in length by one pixel at most.
        @inline(__always)
        func fill(from left: Int, to right: Int, slope: Int, fractionBits: Int, rows: Range<Int>) {
            var (left, right) = (left, right)
            guard (right &- left) &>> fractionBits < Self.longest else {
                for row in rows {
                    fill(from: left &>> fractionBits, to: right &>> fractionBits, row: row)
                    left &+= slope
                    right &+= slope
                }
                return
            }
            var place = unsafe bits + rows.lowerBound &* rowSize
            let end = unsafe bits + rows.upperBound &* rowSize
            while unsafe place < end {
                let first = left &>> fractionBits
                let distance = right &>> fractionBits &- first
                unsafe (place + first &>> 3).set(masks[8 &* distance &+ (first & 7)])
                left &+= slope
                right &+= slope
                unsafe place += rowSize
            }
        }

        /// The same for two rows, whose addresses and masks are found at once.
        @inline(__always)
        func fill(from first: SIMD2<Int64>, to last: SIMD2<Int64>, rows: (Int, Int)) {
            // No column is negative. So what is no index, as it is large or negative, is a long span or none.
            let start = unsafe unsafeBitCast(first, to: SIMD2<UInt64>.self)
            let byte = start &>> 3
            let index = unsafe unsafeBitCast(last &- first, to: SIMD2<UInt64>.self) &<< 3 | start & 7
            let limit = UInt64(8 &* (Self.longest &+ 1))
            if index.x < limit {
                unsafe (bits + (rows.0 &* rowSize &+ Int(truncatingIfNeeded: byte.x)))
                    .set(masks[Int(truncatingIfNeeded: index.x)])
            } else if first.x <= last.x {
                fill(from: Int(truncatingIfNeeded: first.x), to: Int(truncatingIfNeeded: last.x), row: rows.0)
            }
            if index.y < limit {
                unsafe (bits + (rows.1 &* rowSize &+ Int(truncatingIfNeeded: byte.y)))
                    .set(masks[Int(truncatingIfNeeded: index.y)])
            } else if first.y <= last.y {
                fill(from: Int(truncatingIfNeeded: first.y), to: Int(truncatingIfNeeded: last.y), row: rows.1)
            }
        }
    }
}

extension UnsafeMutableRawPointer {
    /// Sets bits of the next 8 bytes.
    @inline(__always)
    fileprivate func set(_ mask: UInt64) {
        unsafe storeBytes(of: loadUnaligned(as: UInt64.self) | mask, as: UInt64.self)
    }
}
