import MaskModel
import MaskRaster
import PlaneGeometry

extension StrokeModel {
    /// Makes those free ends flat that explain more pixels than round ones.
    ///
    /// - Parameter gain: The weighted number of pixels by which a flat end must be better.
    mutating func chooseCaps(gain: Double) {
        let size = meter.mask.size
        for index in strokes.indices where !strokes[index].isClosed && strokes[index].points.count > 1 {
            for isLast in [false, true] where !isExhausted {
                let stroke = strokes[index]
                let (end, radius) = (stroke.end(isLast), stroke.radius)
                guard end.x > radius, end.y > radius, end.x < Double(size.width) - radius,
                    end.y < Double(size.height) - radius
                else { continue }
                let reach = 2 * radius + 4
                let area = Rectangle(minX: end.x - reach, minY: end.y - reach, maxX: end.x + reach, maxY: end.y + reach)
                let near = strokes.indices.filter { $0 == index || strokes[$0].bounds(margin: 1).overlaps(area) }
                let base = meter.mismatch(of: near.map { strokes[$0] }, in: area)
                guard base > gain else { continue }
                let direction = stroke.outwardDirection(atLast: isLast)
                var best: (mismatch: Double, stroke: FittedStroke)?
                for share in [0.6, 0.9] {
                    var trial = near.map { strokes[$0] }
                    guard let place = near.firstIndex(of: index) else { continue }
                    trial[place].moveEnd(isLast, by: direction * (share * radius))
                    if isLast { trial[place].hasButtEnd = true } else { trial[place].hasButtStart = true }
                    fitter.fit(&trial, where: { $0 == place }, margins: [0.5, 0.25], iterations: 3)
                    let mismatch = meter.mismatch(of: trial, in: area)
                    if mismatch < best?.mismatch ?? .infinity { best = (mismatch, trial[place]) }
                }
                if let best, best.mismatch < base - gain { strokes[index] = best.stroke }
            }
        }
    }
}

extension FittedStroke {
    fileprivate mutating func moveEnd(_ isLast: Bool, by step: Vector) {
        let place = isLast ? points.count - 1 : 0
        points[place] = points[place] + step
    }
}
