public import MaskModel
public import MaskRaster
import PlaneGeometry

/// The parameters of `VectorMask.random`.
public struct MaskSampleSpec: Sendable {
    /// The canvas, in px.
    public var canvas: PixelSize
    /// The widths, in px.
    public var widths: ClosedRange<Double>
    /// The maximum distance of points from the canvas, in px.
    public var margin: Double
    /// The maximum number of strokes; at least 1.
    public var maximumStrokes = 5
    /// The maximum number of points per stroke, before repeated points are dropped; at least 1.
    public var maximumPoints = 7

    /// Creates a spec of masks of up to 5 strokes of up to 7 points.
    public init(canvas: PixelSize, widths: ClosedRange<Double>, margin: Double) {
        self.canvas = canvas
        self.widths = widths
        self.margin = margin
    }
}

extension VectorMask {
    /// Returns a mask determined by the seed alone, with lines, dots, hairpins, and axis-aligned segments.
    public static func random(seed: Int, _ spec: MaskSampleSpec) throws(BrushStrokeError) -> VectorMask {
        var random = RandomStream(seed: 0x5EED, use: .strokeChoice, index: UInt64(seed))
        var strokes: [BrushStroke] = []
        for _ in 0...random.uniform(below: spec.maximumStrokes) {
            var points: [Point] = []
            for _ in 0...random.uniform(below: spec.maximumPoints) {
                var point = Point(
                    x: random.hundredths(from: -spec.margin, to: Double(spec.canvas.width) + spec.margin),
                    y: random.hundredths(from: -spec.margin, to: Double(spec.canvas.height) + spec.margin))
                let last = points.last ?? point
                switch random.uniform(below: 8) {
                case 0: point.x = last.x
                case 1: point.y = last.y
                case 2: point = points.dropLast().last ?? point
                default: break
                }
                points.append(point)
            }
            let width = random.hundredths(from: spec.widths.lowerBound, to: spec.widths.upperBound)
            strokes.append(try BrushStroke(path: Polyline(points), width: width))
        }
        return VectorMask(canvas: spec.canvas, strokes: strokes)
    }
}

extension Bitmap {
    /// Returns a bitmap determined by the seed alone: each pixel is hole with a probability of `percent` %.
    public static func random(seed: Int, size: PixelSize, percent: Int = 50) -> Bitmap {
        var random = RandomStream(seed: 0xF00D, use: .strokeChoice, index: UInt64(seed))
        var raster = Bitmap(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width where random.uniform(below: 100) < percent {
                raster.fill(columns: x...x, row: y)
            }
        }
        return raster
    }
}

extension SpanMask {
    /// Returns a span mask determined by the seed alone: each pixel is hole with a probability of `percent` %.
    public static func random(seed: Int, size: PixelSize, percent: Int = 50) -> SpanMask {
        SpanMask(Bitmap.random(seed: seed, size: size, percent: percent))
    }
}

extension RandomStream {
    /// Returns a random multiple of 0.01 from `low` to `high`.
    public mutating func hundredths(from low: Double, to high: Double) -> Double {
        let first = Int((low * 100).rounded())
        let last = Int((high * 100).rounded())
        return Double(first + uniform(below: last - first + 1)) / 100
    }
}
