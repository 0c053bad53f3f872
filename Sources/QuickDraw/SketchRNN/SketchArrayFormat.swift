import FileAccess

/// How an array of Δx, Δy, and pen for each point is stored.
struct SketchArrayFormat {
    private let type: String
    private let count: Int
    private let width: Int
    private let isFortranOrder: Bool

    /// The widths of an element of each accepted type, in bytes.
    private static let widths = ["i1": 1, "i2": 2, "i4": 4, "i8": 8, "f4": 4, "f8": 8]

    /// The layout of an array.
    ///
    /// - Throws: `DrawingRecordError.array` if the array is not one of three numbers a point.
    init(_ array: PickledArray) throws(DrawingRecordError) {
        let type = String(array.type.drop { "<>|".contains($0) })
        guard let width = Self.widths[type], width == 1 || array.type.hasPrefix("<") || array.type.hasPrefix(">") else {
            throw .array("an array of \(array.type.debugDescription)")
        }
        let shape = "(\(array.shape.map { "\($0)" }.joined(separator: ", ")))"
        guard array.shape.count == 2, array.shape[1] == 3 else { throw .array("an array of shape \(shape)") }
        guard array.bytes.range.count == array.shape[0] * 3 * width else {
            throw .array("\(array.bytes.range.count) bytes for an array of shape \(shape)")
        }
        self.type = array.type
        self.width = width
        count = array.shape[0]
        isFortranOrder = array.isFortranOrder
    }

    /// Replaces the strokes of `raw` by those of an array.
    ///
    /// - Parameters:
    ///   - bytes: The elements of the array.
    ///   - raw: The drawing.
    /// - Throws: `DrawingRecordError` if a coordinate is too large, or a pen is neither 0 nor 1.
    /// - Complexity: O(points)
    func decode(_ bytes: RawSpan, into raw: inout RawDrawing) throws(DrawingRecordError) {
        raw.removeStrokes()
        var (x, y) = (0.0, 0.0)
        for point in 0..<count {
            x += number(bytes, point, 0)
            y += number(bytes, point, 1)
            for (axis, value) in [("x", x), ("y", y)] {
                guard value.magnitude <= RawDrawing.coordinateLimit else {
                    throw .rawCoordinate(stroke: raw.strokeCount, axis: axis, value: "\(value)")
                }
            }
            raw.append(x: x, y: y)
            switch number(bytes, point, 2) {
            case 0: break
            case 1: raw.endStroke()
            case let pen: throw .pen(point: point, value: "\(pen)")
            }
        }
        // The pen of the last point need not be lifted.
        if raw.xs.count > raw.strokeEnds.last ?? 0 { raw.endStroke() }
    }

    private func number(_ bytes: RawSpan, _ point: Int, _ column: Int) -> Double {
        let place = (isFortranOrder ? column * count + point : 3 * point + column) * width
        var bits: UInt64 = 0
        for index in 0..<width {
            let offset = type.hasPrefix(">") ? index : width - 1 - index
            bits = bits << 8 | UInt64(bytes.byte(at: place + offset))
        }
        switch (width, type.contains("f")) {
        case (4, true): return Double(Float(bitPattern: UInt32(bits)))
        case (8, true): return Double(bitPattern: bits)
        default:
            let shift = 64 - 8 * width
            return Double(Int64(bitPattern: bits << UInt64(shift)) >> Int64(shift))
        }
    }
}
