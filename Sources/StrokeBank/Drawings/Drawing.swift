public import PlaneGeometry

/// A drawing in Quick, Draw!'s simplified form: strokes of whole coordinates, 0 to 255 in x and y.
public struct Drawing: Hashable, Sendable {
    /// The category that the player was asked to draw: `The Eiffel Tower`.
    public var word = ""
    /// The drawing's key, unique among all drawings.
    public var keyID: UInt64 = 0
    /// The country in which it was drawn.
    public var country = CountryCode.unknown
    /// When it was drawn, in whole seconds since 1970 in UTC; 0 if unknown.
    public var timestamp: UInt32 = 0
    /// Whether the game recognized the word; false if unknown.
    public var isRecognized = false
    /// The x and y of every point of every stroke, interleaved.
    public private(set) var coordinates: [UInt8] = []
    /// For each stroke, the end of its coordinates.
    public private(set) var strokeEnds: [Int] = []
    /// The number of strokes without points: a filter removed them, and the others keep their numbers.
    public private(set) var emptyStrokeCount = 0

    /// A drawing without strokes.
    public init() {}

    /// The number of strokes; points after the last `endStroke` do not count.
    public var strokeCount: Int { strokeEnds.count }

    /// The coordinates of stroke `index`, x and y interleaved.
    @inlinable
    public func strokeCoordinates(_ index: Int) -> ArraySlice<UInt8> {
        coordinates[(index > 0 ? strokeEnds[index - 1] : 0)..<strokeEnds[index]]
    }

    /// The path of stroke `index`, in units of the drawing's box of 256 × 256.
    public func path(ofStroke index: Int) -> Polyline {
        Polyline(coordinates: strokeCoordinates(index))
    }

    /// Adds a point to the current stroke, in units of the drawing's box.
    public mutating func append(x: UInt8, y: UInt8) {
        coordinates.append(x)
        coordinates.append(y)
    }

    /// Ends the current stroke, which consists of the points appended since the previous one.
    public mutating func endStroke() {
        if coordinates.count == strokeEnds.last ?? 0 { emptyStrokeCount += 1 }
        strokeEnds.append(coordinates.count)
    }

    /// The numbers of the strokes that have points.
    ///
    /// - Complexity: O(strokes)
    public var nonemptyStrokes: [Int] {
        strokeEnds.indices.filter { strokeEnds[$0] > ($0 > 0 ? strokeEnds[$0 - 1] : 0) }
    }

    /// Removes the points of the strokes whose coordinates satisfy a condition; the strokes remain, empty.
    ///
    /// - Complexity: O(points)
    mutating func removePoints(ofStrokesWhere isRemoved: (ArraySlice<UInt8>) -> Bool) {
        var (start, end) = (0, 0)
        for index in strokeEnds.indices {
            let stroke = start..<strokeEnds[index]
            start = stroke.upperBound
            if !stroke.isEmpty, isRemoved(coordinates[stroke]) {
                emptyStrokeCount += 1
            } else {
                if end < stroke.lowerBound {
                    for offset in 0..<stroke.count {
                        coordinates[end + offset] = coordinates[stroke.lowerBound + offset]
                    }
                }
                end += stroke.count
            }
            strokeEnds[index] = end
        }
        coordinates.removeSubrange(end..<start)
    }

    /// Replaces all strokes; none of the new ones is empty.
    ///
    /// - Parameters:
    ///   - newCoordinates: The x and y of every point, interleaved.
    ///   - ends: For each stroke, the end of its coordinates.
    package mutating func setStrokes(
        coordinates newCoordinates: UnsafeBufferPointer<UInt8>, ends: UnsafeBufferPointer<Int>
    ) {
        removeStrokes()
        unsafe coordinates.append(contentsOf: newCoordinates)
        unsafe strokeEnds.append(contentsOf: ends)
    }

    /// Replaces all strokes by strokes without coordinates yet; the caller sets those next.
    ///
    /// - Parameters:
    ///   - numbers: For each stroke, the number of points up to its end.
    ///   - width: The bytes of a number, 2 or 4.
    /// - Returns: The number of points; nil, and no strokes, if the numbers decrease.
    mutating func setStrokeEnds(from numbers: RawSpan, width: Int) -> Int? {
        removeStrokes()
        var last = 0
        for place in stride(from: 0, to: numbers.byteCount, by: width) {
            let end = numbers.bankNumber(at: place, width: width)
            guard end >= last else {
                removeStrokes()
                return nil
            }
            if end == last { emptyStrokeCount += 1 }
            strokeEnds.append(2 * end)
            last = end
        }
        return last
    }

    /// Sets the x and y of all points, interleaved.
    mutating func setCoordinates(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe coordinates.append(contentsOf: $0) }
    }

    /// Removes all strokes and keeps the memory.
    public mutating func removeStrokes() {
        coordinates.removeAll(keepingCapacity: true)
        strokeEnds.removeAll(keepingCapacity: true)
        emptyStrokeCount = 0
    }
}

extension Polyline {
    /// The path through points given as interleaved x and y.
    package init(coordinates: ArraySlice<UInt8>) {
        self.init([])
        points.append(coordinates: coordinates)
    }
}

extension [Point] {
    /// Appends points given as x and y in turn.
    mutating func append(coordinates: ArraySlice<UInt8>) {
        let bytes = coordinates.span
        for index in 0..<bytes.count / 2 {
            append(Point(x: Double(bytes[2 * index]), y: Double(bytes[2 * index + 1])))
        }
    }
}
