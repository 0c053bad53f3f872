public import MaskModel
public import MaskRaster
public import PlaneGeometry

// The exact rule as a formula, pixel by pixel: slow, simple, and independent of the rasterizers.

/// Returns the distance from a point to a segment, in px.
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
    /// Returns the signed distance of a point from the hole, in canvas px: 0 on the boundary, negative inside; infinite
    /// without strokes.
    public func signedDistance(to point: Point) -> Double {
        var nearest = Double.infinity
        for stroke in strokes {
            let points = stroke.path.points
            for index in points.indices {
                let next = points[min(index + 1, points.count - 1)]
                let away = distance(from: point, toSegmentFrom: points[index], to: next)
                nearest = min(nearest, away - stroke.width / 2)
            }
        }
        return nearest
    }

    /// Returns the center of a pixel of an image of this mask, in canvas px.
    public func center(ofPixel x: Int, _ y: Int, at size: PixelSize) -> Point {
        Point(
            x: (Double(x) + 0.5) * Double(canvas.width) / Double(size.width),
            y: (Double(y) + 0.5) * Double(canvas.height) / Double(size.height))
    }

    /// Returns the pixels in which `raster`, an image of this mask, violates the exact rule by more than `slack`.
    ///
    /// - Parameters:
    ///   - raster: The image.
    ///   - slack: The maximum distance of a center on the wrong side of a boundary, in canvas px.
    public func pixels(of raster: Bitmap, wrongBy slack: Double) -> [PixelPlace] {
        var wrong: [PixelPlace] = []
        for y in 0..<raster.size.height {
            for x in 0..<raster.size.width {
                let distance = signedDistance(to: center(ofPixel: x, y, at: raster.size))
                if raster[x, y] ? distance > slack : distance < -slack {
                    wrong.append(PixelPlace(x: x, y: y, signedDistance: distance))
                }
            }
        }
        return wrong
    }

    /// Returns the pixels in which `spans`, an image of this mask, violates the exact rule by more than `slack`.
    ///
    /// - Parameters:
    ///   - spans: The image.
    ///   - slack: The maximum distance of a center on the wrong side of a boundary, in canvas px.
    public func pixels(of spans: SpanMask, wrongBy slack: Double) -> [PixelPlace] {
        pixels(of: Bitmap(spans), wrongBy: slack)
    }

    /// Returns the pixels in which two images of this mask differ although the center is more than `slack` from a boundary.
    ///
    /// - Parameters:
    ///   - first: One image.
    ///   - second: Another image of the same size.
    ///   - slack: In canvas px.
    public func pixels(differingBetween first: Bitmap, and second: Bitmap, by slack: Double) -> [PixelPlace] {
        precondition(first.size == second.size)
        var wrong: [PixelPlace] = []
        for word in first.words.indices where first.words[word] != second.words[word] {
            let (y, start) = (word / first.wordsPerRow, word % first.wordsPerRow * 64)
            for x in start..<start + 64 where first[x, y] != second[x, y] {
                let distance = signedDistance(to: center(ofPixel: x, y, at: first.size))
                if distance.magnitude > slack { wrong.append(PixelPlace(x: x, y: y, signedDistance: distance)) }
            }
        }
        return wrong
    }
}

/// A pixel and the signed distance of its center from the hole, for the output of failing tests.
public struct PixelPlace: Hashable, Sendable {
    /// The column, from 0.
    public let x: Int
    /// The row, from 0.
    public let y: Int
    /// The signed distance from the hole, in canvas px; negative inside.
    public let signedDistance: Double

    /// Creates pixel (`x`, `y`) at a signed distance from the hole.
    public init(x: Int, y: Int, signedDistance: Double) {
        self.x = x
        self.y = y
        self.signedDistance = signedDistance
    }
}
