public import MaskModel
public import MaskRaster
public import PlaneGeometry

// The exact rule as a formula, pixel by pixel: slow, simple, and independent of the rasterizers.

/// The distance from a point to a segment, in px.
public func distance(from point: Point, toSegmentFrom start: Point, to end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squaredLength = dx * dx + dy * dy
    var fraction = 0.0
    if squaredLength > 0 {
        fraction = ((point.x - start.x) * dx + (point.y - start.y) * dy) / squaredLength
        fraction = min(max(fraction, 0), 1)
    }
    let (awayX, awayY) = (point.x - (start.x + fraction * dx), point.y - (start.y + fraction * dy))
    return (awayX * awayX + awayY * awayY).squareRoot()
}

extension VectorMask {
    /// The distance of a point from the hole in px of the canvas: 0 on the boundary, negative inside.
    ///
    /// It is infinite without strokes.
    public func depthOutside(_ point: Point) -> Double {
        var depth = Double.infinity
        for stroke in strokes {
            let points = stroke.path.points
            for index in points.indices {
                let next = points[min(index + 1, points.count - 1)]
                let away = distance(from: point, toSegmentFrom: points[index], to: next)
                depth = min(depth, away - stroke.width / 2)
            }
        }
        return depth
    }

    /// The center of a pixel of an image of this mask, in px of the canvas.
    public func center(ofPixel x: Int, _ y: Int, at size: PixelSize) -> Point {
        Point(
            x: (Double(x) + 0.5) * Double(canvas.width) / Double(size.width),
            y: (Double(y) + 0.5) * Double(canvas.height) / Double(size.height))
    }

    /// The pixels in which `raster`, a rendering of this mask, violates the exact rule by more than `slack`.
    ///
    /// - Parameter slack: In px of the canvas: how far a center may be on the wrong side of a boundary.
    public func pixels(of raster: Bitmap, wrongBy slack: Double) -> [PixelPlace] {
        var wrong: [PixelPlace] = []
        for y in 0..<raster.size.height {
            for x in 0..<raster.size.width {
                let depth = depthOutside(center(ofPixel: x, y, at: raster.size))
                if raster[x, y] ? depth > slack : depth < -slack {
                    wrong.append(PixelPlace(x: x, y: y, depthOutside: depth))
                }
            }
        }
        return wrong
    }

    /// The pixels in which `spans`, a rendering of this mask, violates the exact rule by more than `slack`.
    ///
    /// - Parameter slack: In px of the canvas: how far a center may be on the wrong side of a boundary.
    public func pixels(of spans: SpanMask, wrongBy slack: Double) -> [PixelPlace] {
        pixels(of: Bitmap(spans), wrongBy: slack)
    }

    /// The pixels in which two renderings of this mask differ although the center is more than `slack` from a boundary.
    ///
    /// - Parameter slack: In px of the canvas.
    public func pixels(differingBetween first: Bitmap, and second: Bitmap, by slack: Double) -> [PixelPlace] {
        precondition(first.size == second.size)
        var wrong: [PixelPlace] = []
        for word in first.words.indices where first.words[word] != second.words[word] {
            let (y, start) = (word / first.wordsPerRow, word % first.wordsPerRow * 64)
            for x in start..<start + 64 where first[x, y] != second[x, y] {
                let depth = depthOutside(center(ofPixel: x, y, at: first.size))
                if depth.magnitude > slack { wrong.append(PixelPlace(x: x, y: y, depthOutside: depth)) }
            }
        }
        return wrong
    }
}

/// A pixel and the distance of its center from the hole, as shown by a failing test.
public struct PixelPlace: Hashable, Sendable {
    /// The column, from 0.
    public let x: Int
    /// The row, from 0.
    public let y: Int
    /// The distance from the hole in px of the canvas; negative inside.
    public let depthOutside: Double

    /// Pixel (`x`, `y`) at a distance of `depthOutside` px from the hole.
    public init(x: Int, y: Int, depthOutside: Double) {
        self.x = x
        self.y = y
        self.depthOutside = depthOutside
    }
}
