/// An array of numbers in a pickle.
struct PickledArray: Hashable, Sendable {
    /// The type of an element as NumPy describes it, with the byte order: `<i2`.
    var type: String
    /// The size of each dimension.
    var shape: [Int]
    /// Whether the first index is the fastest one.
    var isFortranOrder: Bool
    /// The elements.
    var bytes: PickledBytes
}

/// Bytes in a pickle: a range of the pickle itself, or of what was decoded from text.
struct PickledBytes: Hashable, Sendable {
    /// Whether the range is one of the decoded bytes.
    let isDecoded: Bool
    /// The bytes.
    let range: Range<Int>
}

/// The arrays of a pickle, and the bytes that they refer to.
struct PickledArrays: Sendable {
    /// The arrays in order.
    fileprivate(set) var arrays: [PickledArray]
    private let pickle: [UInt8]
    private let decoded: [UInt8]

    /// Arrays whose bytes are in `pickle` and `decoded`.
    init(_ arrays: [PickledArray], pickle: [UInt8], decoded: [UInt8]) {
        self.arrays = arrays
        self.pickle = pickle
        self.decoded = decoded
    }

    /// Lends the elements of an array.
    func withBytes<R, E: Error>(of array: PickledArray, _ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        let bytes = array.bytes.isDecoded ? decoded : pickle
        return try unsafe body(bytes.span.bytes.extracting(array.bytes.range))
    }
}
