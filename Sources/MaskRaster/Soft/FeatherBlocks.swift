import MaskModel
import PlaneGeometry

/// Raises the levels of a band of an image to those of feathered segments.
///
/// It knows the lowest level of each block of pixels, and skips the blocks that a segment is too far from to raise. So
/// where a mask has many segments, most of them cost time only near the boundary of the hole.
struct FeatherBlocks {
    /// The side of a block, in px.
    private static let side = 8
    private static let highest = FeatherRasterizer.highestLevel

    private let width: Int
    private let rows: Range<Int>
    private let grid: SampleGrid
    private let columnPitch: Double
    private let distance: Double
    private let columns: Int
    /// The lowest level of each block, in row-major order.
    private var lowest: [UInt8]
    /// The number of blocks whose lowest level is below `highest`.
    private var openCount = 0
    /// The maximum distance of a pixel center from the center of its block, in canvas px, and somewhat more.
    private let blockRadius: Double

    /// Whether no segment can raise a level any more.
    var isFull: Bool { openCount == 0 }

    /// Starts a band.
    ///
    /// - Parameters:
    ///   - rows: The rows of the band.
    ///   - size: The size of the whole image, in px.
    ///   - canvas: The canvas of the mask.
    ///   - distance: The width of the edge, in canvas px.
    ///   - levels: The levels of the band, in which the hole is 255.
    init(
        _ rows: Range<Int>, of size: PixelSize, canvas: PixelSize, distance: Double,
        levels: UnsafeMutablePointer<UInt8>
    ) {
        self.rows = rows
        self.distance = distance
        width = size.width
        grid = SampleGrid(canvas: canvas, size: size)
        columnPitch = Double(canvas.width) / Double(size.width)
        columns = (width + Self.side - 1) / Self.side
        let half = Double(Self.side) / 2
        blockRadius = Vector(dx: half * columnPitch, dy: half * grid.rowPitch).length
        lowest = [UInt8](repeating: 0, count: columns * ((rows.count + Self.side - 1) / Self.side))
        for block in lowest.indices {
            lowest[block] = unsafe lowestLevel(ofBlock: block, levels)
            if lowest[block] < Self.highest { openCount += 1 }
        }
    }

    /// Raises the levels to those of a segment.
    mutating func raise(_ levels: UnsafeMutablePointer<UInt8>, to segment: ActiveSegmentTable.Segment) {
        let line = DownwardSegment(segment)
        let reach = segment.radius + distance
        let steps = Double(Self.highest) / distance
        for blockRow in 0..<lowest.count / columns {
            let firstRow = blockRow * Self.side
            let lastRow = min(firstRow + Self.side, rows.count) - 1
            let (top, bottom) = (grid.y(ofRow: rows.lowerBound + firstRow), grid.y(ofRow: rows.lowerBound + lastRow))
            guard let range = line.columns(from: top - reach, to: bottom + reach) else { continue }
            let pitch = columnPitch * Double(Self.side)
            let (first, last) = ((range.min - reach) / pitch - 1, (range.max + reach) / pitch + 1)
            guard last >= 0, first < Double(columns) else { continue }
            let y = (top + bottom) / 2
            for column in Int(max(first, 0))...Int(min(last, Double(columns - 1))) {
                let block = blockRow &* columns &+ column
                guard lowest[block] < Self.highest else { continue }
                let center = Point(x: (Double(column) + 0.5) * pitch, y: y)
                let nearest = line.squaredDistance(to: center).squareRoot() - blockRadius - segment.radius
                guard nearest < distance, nearest <= 0 || Double(Self.highest - lowest[block]) > nearest * steps - 1
                else { continue }
                unsafe raise(levels, inBlock: block, to: line, radius: segment.radius, steps: steps)
            }
        }
    }

    private mutating func raise(
        _ levels: UnsafeMutablePointer<UInt8>, inBlock block: Int, to line: DownwardSegment, radius: Double,
        steps: Double
    ) {
        let firstColumn = block % columns * Self.side
        let firstRow = block / columns * Self.side
        for row in firstRow..<min(firstRow + Self.side, rows.count) {
            let y = grid.y(ofRow: rows.lowerBound &+ row)
            let levels = unsafe levels + row &* width
            for column in firstColumn..<min(firstColumn + Self.side, width) {
                let square = line.squaredDistance(to: Point(x: (Double(column) + 0.5) * columnPitch, y: y))
                let level = FeatherRasterizer.level(squaredDistance: square, radius: radius, steps: steps)
                unsafe levels[column] = max(levels[column], level)
            }
        }
        lowest[block] = unsafe lowestLevel(ofBlock: block, levels)
        if lowest[block] >= Self.highest { openCount -= 1 }
    }

    private func lowestLevel(ofBlock block: Int, _ levels: UnsafeMutablePointer<UInt8>) -> UInt8 {
        let firstColumn = block % columns * Self.side
        let firstRow = block / columns * Self.side
        var lowest = UInt8.max
        for row in firstRow..<min(firstRow + Self.side, rows.count) {
            for column in firstColumn..<min(firstColumn + Self.side, width) {
                lowest = unsafe min(lowest, levels[row &* width &+ column])
            }
        }
        return lowest
    }
}
