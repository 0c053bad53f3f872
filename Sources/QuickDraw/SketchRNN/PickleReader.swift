/// Reads the pickle of a NumPy array of objects that are arrays of numbers, as `numpy.savez` writes it: protocols 2 to
/// 5, of Python 2 and 3.
///
/// It knows the few opcodes and functions that such pickles consist of, and refuses all others; nothing is ever called.
/// Values that contain others are numbers of lists, so that no nesting can exhaust the stack.
struct PickleReader {
    /// A value on the stack.
    private enum Value {
        case none
        case boolean(Bool)
        case number(Int)
        case text(Range<Int>)
        case bytes(PickledBytes)
        case function(PickleFunction)
        case tuple(Int)
        case list(Int)
        case type(Int)
        case array(Int)
    }

    private enum Contents {
        case nothing
        case numbers(PickledBytes)
        case objects(Int)
    }

    private struct ArrayState {
        var type = ""
        var shape: [Int] = []
        var isFortranOrder = false
        var contents = Contents.nothing
    }

    private var cursor: PickleCursor
    /// The offset of the current opcode.
    private(set) var opcodeOffset: Int
    private var stack: [Value] = []
    private var marks: [Int] = []
    private var memo: [Int: Value] = [:]
    private var tuples: [Range<Int>] = []
    private var tupleValues: [Value] = []
    private var lists: [[Value]] = []
    private var listValueCount = 0
    private var types: [String] = []
    private var arrays: [ArrayState] = []
    private var decoded: [UInt8] = []

    /// The maximum number of values in each of the lists above.
    private static let valueLimit = 1 << 24

    /// A reader of the pickle in `data` that begins at `start`.
    init(_ data: [UInt8], from start: Int) {
        cursor = PickleCursor(data: data, place: start)
        opcodeOffset = start
    }

    /// The arrays in the array.
    ///
    /// - Throws: `PickleError`, whose place is `opcodeOffset`.
    /// - Complexity: O(bytes)
    mutating func read() throws(PickleError) -> PickledArrays {
        while true {
            opcodeOffset = cursor.place
            let opcode = try cursor.byte()
            if opcode == UInt8(ascii: ".") { break }
            try run(opcode)
            guard stack.count <= Self.valueLimit, memo.count <= Self.valueLimit, tupleValues.count <= Self.valueLimit,
                listValueCount <= Self.valueLimit, tuples.count <= Self.valueLimit, lists.count <= Self.valueLimit,
                marks.count <= Self.valueLimit, decoded.count <= 2 * cursor.data.count
            else { throw .tooLarge }
        }
        guard cursor.isAtEnd else {
            opcodeOffset = cursor.place
            throw .trailingBytes
        }
        guard stack.count == 1, case .array(let root)? = stack.last, case .objects(let list) = arrays[root].contents
        else {
            throw .invalid("is not an array of objects")
        }
        var found: [PickledArray] = []
        for value in lists[list] {
            guard case .array(let index) = value, case .numbers(let bytes) = arrays[index].contents else {
                throw .invalid("contains an object that is not an array of numbers")
            }
            let array = arrays[index]
            found.append(
                PickledArray(
                    type: array.type, shape: array.shape, isFortranOrder: array.isFortranOrder, bytes: bytes))
        }
        return PickledArrays(found, pickle: cursor.data, decoded: decoded)
    }

    // MARK: Opcodes

    private mutating func run(_ opcode: UInt8) throws(PickleError) {
        switch opcode {
        case 0x80:  // PROTO
            let version = try cursor.byte()
            guard (2...5).contains(version) else { throw .invalid("has protocol \(version)") }
        case 0x95: _ = try cursor.number(8)  // FRAME
        case UInt8(ascii: "("): marks.append(stack.count)
        case UInt8(ascii: "N"): stack.append(.none)
        case 0x88: stack.append(.boolean(true))
        case 0x89: stack.append(.boolean(false))
        case UInt8(ascii: "K"): stack.append(.number(try cursor.number(1)))
        case UInt8(ascii: "M"): stack.append(.number(try cursor.number(2)))
        case UInt8(ascii: "J"): stack.append(.number(Int(Int32(truncatingIfNeeded: try cursor.number(4)))))
        case 0x8A: stack.append(.number(try cursor.long()))  // LONG1
        case UInt8(ascii: "U"), UInt8(ascii: "C"): stack.append(.bytes(try cursor.bytes(lengthOf: 1)))
        case UInt8(ascii: "T"), UInt8(ascii: "B"): stack.append(.bytes(try cursor.bytes(lengthOf: 4)))
        case 0x8E, 0x96: stack.append(.bytes(try cursor.bytes(lengthOf: 8)))  // BINBYTES8, BYTEARRAY8
        case 0x8C: stack.append(.text(try cursor.bytes(lengthOf: 1).range))  // SHORT_BINUNICODE
        case UInt8(ascii: "X"): stack.append(.text(try cursor.bytes(lengthOf: 4).range))
        case 0x8D: stack.append(.text(try cursor.bytes(lengthOf: 8).range))  // BINUNICODE8
        case UInt8(ascii: "c"): stack.append(.function(try PickleFunction(module: cursor.line(), name: cursor.line())))
        case 0x93:  // STACK_GLOBAL
            let (name, module) = (try pop(), try pop())
            stack.append(.function(try PickleFunction(module: text(module), name: text(name))))
        case UInt8(ascii: "q"): memo[try cursor.number(1)] = try top()
        case UInt8(ascii: "r"): memo[try cursor.number(4)] = try top()
        case 0x94: memo[memo.count] = try top()  // MEMOIZE
        case UInt8(ascii: "h"): stack.append(try remembered(cursor.number(1)))
        case UInt8(ascii: "j"): stack.append(try remembered(cursor.number(4)))
        default: try build(opcode)
        }
    }

    /// Runs an opcode that makes a value of others.
    private mutating func build(_ opcode: UInt8) throws(PickleError) {
        switch opcode {
        case UInt8(ascii: ")"): pushTuple([])
        case 0x85, 0x86, 0x87: pushTuple(try pop(Int(opcode) - 0x84))  // TUPLE1 to TUPLE3
        case UInt8(ascii: "t"): pushTuple(try popToMark())
        case UInt8(ascii: "]"):
            stack.append(.list(lists.count))
            lists.append([])
        case UInt8(ascii: "a"): try append(pop(1))
        case UInt8(ascii: "e"): try append(popToMark())
        case UInt8(ascii: "R"):
            let (arguments, function) = (try pop(), try pop())
            guard case .tuple(let index) = arguments, case .function(let function) = function else {
                throw .invalid("calls something that is not a function of NumPy")
            }
            stack.append(try result(of: function, Array(tupleValues[tuples[index]])))
        case UInt8(ascii: "b"):
            guard case .tuple(let index) = try pop() else { throw .invalid("has an object without a state") }
            try setState(of: try top(), Array(tupleValues[tuples[index]]))
        default: throw .opcode(opcode)
        }
    }

    private mutating func pushTuple(_ values: [Value]) {
        stack.append(.tuple(tuples.count))
        tuples.append(tupleValues.count..<tupleValues.count + values.count)
        tupleValues += values
    }

    private mutating func append(_ values: [Value]) throws(PickleError) {
        guard case .list(let index) = try top() else { throw .invalid("appends to something that is not a list") }
        lists[index] += values
        listValueCount += values.count
    }

    /// What a function returns.
    private mutating func result(of function: PickleFunction, _ arguments: [Value]) throws(PickleError) -> Value {
        switch function {
        case .reconstruct:
            guard arguments.count == 3, case .function(.array) = arguments[0] else { break }
            arrays.append(ArrayState())
            return .array(arrays.count - 1)
        case .type:
            guard (1...3).contains(arguments.count) else { break }
            types.append(try text(arguments[0]))
            return .type(types.count - 1)
        case .encode:
            guard arguments.count == 2, case .text(let range) = arguments[0],
                ["latin1", "latin-1"].contains(try text(arguments[1]))
            else { break }
            let start = decoded.count
            for scalar in String(decoding: cursor.data[range], as: UTF8.self).unicodeScalars {
                guard let byte = UInt8(exactly: scalar.value) else { throw .invalid("has bytes above 255") }
                decoded.append(byte)
            }
            return .bytes(PickledBytes(isDecoded: true, range: start..<decoded.count))
        case .fromBuffer:
            guard arguments.count == 4, case .bytes(let bytes) = arguments[0], case .type(let type) = arguments[1]
            else { break }
            let order = try text(arguments[3])
            guard ["C", "F"].contains(order) else { break }
            arrays.append(
                ArrayState(
                    type: types[type], shape: try shape(arguments[2]), isFortranOrder: order == "F",
                    contents: .numbers(bytes)))
            return .array(arrays.count - 1)
        case .array: break
        }
        throw .invalid("calls \(function.rawValue) with other arguments than NumPy does")
    }

    /// Completes a type or an array.
    private mutating func setState(of object: Value, _ state: [Value]) throws(PickleError) {
        switch object {
        case .type(let index):
            guard (8...9).contains(state.count), case .number(3...4) = state[0], case .none = state[2],
                case .none = state[3], case .none = state[4]
            else { throw .invalid("has a type with fields") }
            let order = try text(state[1])
            guard ["<", ">", "|"].contains(order), !types[index].hasPrefix(order) else {
                throw .invalid("has a type with an unknown byte order")
            }
            types[index] = order + types[index]
        case .array(let index):
            guard state.count == 5, case .number(1) = state[0], case .type(let type) = state[2],
                case .boolean(let isFortranOrder) = try boolean(state[3]), case .nothing = arrays[index].contents
            else { throw .invalid("has an array with an unknown state") }
            let shape = try shape(state[1])
            let contents: Contents
            switch state[4] {
            case .bytes(let bytes): contents = .numbers(bytes)
            case .list(let list) where shape.count == 1 && shape[0] == lists[list].count: contents = .objects(list)
            default: throw .invalid("has an array of \(shape) with other contents")
            }
            arrays[index] = ArrayState(
                type: types[type], shape: shape, isFortranOrder: isFortranOrder, contents: contents)
        default: throw .invalid("sets the state of something that is not an array")
        }
    }

    /// A Boolean, which old versions of NumPy write as a number.
    private func boolean(_ value: Value) throws(PickleError) -> Value {
        if case .number(let number) = value, (0...1).contains(number) { return .boolean(number == 1) }
        return value
    }

    private func shape(_ value: Value) throws(PickleError) -> [Int] {
        guard case .tuple(let index) = value, tuples[index].count <= 32 else {
            throw .invalid("has an array without a shape")
        }
        var shape: [Int] = []
        for value in tupleValues[tuples[index]] {
            guard case .number(let size) = value, (0...Int(UInt32.max)).contains(size) else {
                throw .invalid("has an array with an invalid shape")
            }
            shape.append(size)
        }
        return shape
    }

    // MARK: The stack

    private mutating func pop() throws(PickleError) -> Value {
        guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw .invalid("has an empty stack") }
        return value
    }

    private mutating func pop(_ count: Int) throws(PickleError) -> [Value] {
        guard stack.count - (marks.last ?? 0) >= count else { throw .invalid("has an empty stack") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark() throws(PickleError) -> [Value] {
        guard let mark = marks.popLast() else { throw .invalid("has an empty stack") }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    private func top() throws(PickleError) -> Value {
        guard stack.count > marks.last ?? 0, let value = stack.last else { throw .invalid("has an empty stack") }
        return value
    }

    private func remembered(_ index: Int) throws(PickleError) -> Value {
        guard let value = memo[index] else { throw .invalid("refers to a value that is not there") }
        return value
    }

    /// A text, which Python 2 writes as bytes.
    private func text(_ value: Value) throws(PickleError) -> String {
        switch value {
        case .text(let range): String(decoding: cursor.data[range].prefix(256), as: UTF8.self)
        case .bytes(let bytes):
            String(decoding: (bytes.isDecoded ? decoded : cursor.data)[bytes.range].prefix(256), as: UTF8.self)
        default: throw .invalid("has something other than a text")
        }
    }
}
