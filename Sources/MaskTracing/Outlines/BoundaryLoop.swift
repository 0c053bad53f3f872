import MaskModel
import MaskRaster
import PlaneGeometry

/// A closed boundary of a hole: the sides of pixels between a hole pixel and another, with the hole on the same side.
struct BoundaryLoop {
    /// A side of a hole pixel, from one corner to the next.
    struct Side {
        /// The corner where it starts.
        let x: Int32
        let y: Int32
        /// The direction: 0 to the right, 1 down, 2 to the left, 3 up. The hole is on the left of it, on the screen.
        let direction: UInt8

        /// The step to the next corner.
        var step: (x: Int, y: Int) { [(1, 0), (0, 1), (-1, 0), (0, -1)][Int(direction)] }

        var start: Point { Point(x: Double(x), y: Double(y)) }

        /// The middle of the side.
        var middle: Point { Point(x: Double(x) + 0.5 * Double(step.x), y: Double(y) + 0.5 * Double(step.y)) }

        /// The direction from the middle to the center of the hole pixel.
        var inward: Vector { Vector(dx: Double(step.y), dy: -Double(step.x)) }

        /// The hole pixel.
        var pixel: (x: Int, y: Int) {
            switch direction {
            case 0: (Int(x), Int(y) - 1)
            case 1: (Int(x), Int(y))
            case 2: (Int(x) - 1, Int(y))
            default: (Int(x) - 1, Int(y) - 1)
            }
        }
    }

    /// The sides in order; the last ends where the first starts.
    let sides: [Side]

    /// The boundaries of a bitmap, in the order of their first pixels. Diagonal neighbors are not connected.
    ///
    /// - Complexity: O(pixels)
    static func all(of bitmap: Bitmap) -> [BoundaryLoop] {
        let (width, height) = (bitmap.size.width, bitmap.size.height)
        // A side is found by the pixel to its left: its direction is known from where the hole ends.
        var isVisited = [UInt8](repeating: 0, count: width * height)
        func isHole(_ x: Int, _ y: Int) -> Bool {
            x >= 0 && y >= 0 && x < width && y < height
                && bitmap.words[y * bitmap.wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1
        }
        var loops: [BoundaryLoop] = []
        for y in 0..<height {
            bitmap.forEachHole(inRow: y) { x in
                // Every boundary has a side below a hole pixel.
                guard !isHole(x, y + 1), isVisited[y * width + x] == 0 else { return }
                var sides: [Side] = []
                var side = Side(x: Int32(x), y: Int32(y + 1), direction: 0)
                let first = side
                repeat {
                    sides.append(side)
                    let pixel = side.pixel
                    if side.direction == 0 { isVisited[pixel.y * width + pixel.x] = 1 }
                    side = Self.next(after: side, isHole)
                } while side.x != first.x || side.y != first.y || side.direction != first.direction
                loops.append(BoundaryLoop(sides: sides))
            }
        }
        return loops
    }

    private static func next(after side: Side, _ isHole: (Int, Int) -> Bool) -> Side {
        let step = side.step
        let corner = (x: side.x + Int32(step.x), y: side.y + Int32(step.y))
        let pixel = side.pixel
        // The pixels ahead: beyond the hole pixel, and beyond the other one.
        let left = (x: pixel.x + step.x, y: pixel.y + step.y)
        let right = (x: left.x - step.y, y: left.y + step.x)
        let direction: UInt8
        if !isHole(left.x, left.y) {
            direction = (side.direction + 3) & 3
        } else if isHole(right.x, right.y) {
            direction = (side.direction + 1) & 3
        } else {
            direction = side.direction
        }
        return Side(x: corner.x, y: corner.y, direction: direction)
    }
}
