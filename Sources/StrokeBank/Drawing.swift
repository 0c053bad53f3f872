import FileAccess

import MaskModel
public import PlaneGeometry

/// A drawing of Quick, Draw!'s simplified form: strokes of whole coordinates, 0 to 255 in x and y.
public struct Drawing: Hashable, Sendable {
    /// The category that was asked for: `The Eiffel Tower`.
    public var word = ""
    /// The drawing's key, a number of its own among all drawings.
    public var keyID: UInt64 = 0
    /// Where it was drawn.
    public var country = CountryCode.unknown
    /// When it was drawn, in whole seconds since 1970 in UTC; 0 if that is not known.
    public var timestamp: UInt32 = 0
    /// Whether the game guessed the word; false if that is not known.
    public var isRecognized = false
    /// x and y of every point of every stroke, in turn.
    public private(set) var coordinates: [UInt8] = []
    /// For each stroke, where its coordinates end.
    public private(set) var strokeEnds: [Int] = []
    /// How many of the strokes have no points: those that a filter left out, which keep their numbers.
    public private(set) var leftOutCount = 0

    /// A drawing without strokes, to be filled.
    public init() {}

    /// How many strokes there are; points that no `endStroke` followed are none.
    public var strokeCount: Int { strokeEnds.count }

    /// The coordinates of stroke `index`, x and y in turn.
    public func strokeCoordinates(_ index: Int) -> ArraySlice<UInt8> {
        coordinates[(index > 0 ? strokeEnds[index - 1] : 0)..<strokeEnds[index]]
    }

    /// The path of stroke `index`, in units of the drawing's box of 256 × 256.
    public func path(ofStroke index: Int) -> Polyline {
        Polyline(coordinates: strokeCoordinates(index))
    }

    /// Adds a point to the stroke that the next `endStroke` ends, in units of the drawing's box.
    public mutating func append(x: UInt8, y: UInt8) {
        coordinates.append(x)
        coordinates.append(y)
    }

    /// Makes the points appended since the last stroke a stroke.
    public mutating func endStroke() {
        if coordinates.count == strokeEnds.last ?? 0 { leftOutCount += 1 }
        strokeEnds.append(coordinates.count)
    }

    /// The numbers of the strokes that were not left out.
    ///
    /// - Complexity: O(strokes)
    public var presentStrokes: [Int] {
        strokeEnds.indices.filter { strokeEnds[$0] > ($0 > 0 ? strokeEnds[$0 - 1] : 0) }
    }

    /// Takes the points away from the strokes for whose coordinates `isLeftOut` says so.
    ///
    /// - Complexity: O(points)
    mutating func leaveOutStrokes(where isLeftOut: (ArraySlice<UInt8>) -> Bool) {
        var (start, end) = (0, 0)
        for index in strokeEnds.indices {
            let stroke = start..<strokeEnds[index]
            start = stroke.upperBound
            if !stroke.isEmpty, isLeftOut(coordinates[stroke]) {
                leftOutCount += 1
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

    /// Replaces all strokes: x and y of every point in turn, and for each stroke where its coordinates end.
    package mutating func setStrokes(coordinates newCoordinates: UnsafeBufferPointer<UInt8>, ends: UnsafeBufferPointer<Int>) {
        removeStrokes()
        unsafe coordinates.append(contentsOf: newCoordinates)
        unsafe strokeEnds.append(contentsOf: ends)
    }

    /// Replaces all strokes by those that end behind so many points, given as numbers of `width` bytes, 2 or 4; their
    /// coordinates have to be set next. Gives the last end; nil, and no strokes, if one is before the last.
    mutating func setStrokeEnds(in numbers: RawSpan, width: Int) -> Int? {
        removeStrokes()
        var last = 0
        for place in stride(from: 0, to: numbers.byteCount, by: width) {
            let end =
                width == 2
                ? Int(numbers.number(at: place, as: UInt16.self)) : Int(numbers.number(at: place, as: UInt32.self))
            guard end >= last else {
                removeStrokes()
                return nil
            }
            if end == last { leftOutCount += 1 }
            strokeEnds.append(2 * end)
            last = end
        }
        return last
    }

    /// Sets the x and y of all points of the strokes, in turn.
    mutating func setCoordinates(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe coordinates.append(contentsOf: $0) }
    }

    /// Forgets all strokes and keeps the memory.
    public mutating func removeStrokes() {
        coordinates.removeAll(keepingCapacity: true)
        strokeEnds.removeAll(keepingCapacity: true)
        leftOutCount = 0
    }

    /// A hash of the key and all points, the same on every machine.
    package var stableHash: UInt64 {
        var hash = StableHash()
        hash.combineInEights(keyID)
        hash.combineInEights(coordinates.span)
        for end in strokeEnds { hash.combineInEights(UInt64(end)) }
        return hash.value
    }
}

extension Polyline {
    /// The path through points given as x and y in turn.
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
