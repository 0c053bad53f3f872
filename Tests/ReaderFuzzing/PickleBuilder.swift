/// Writes the pickle of an array of int16 arrays, as Python 2 does (protocol 2) and as Python 3 does (protocol 4).
struct PickleBuilder {
    private(set) var bytes: [UInt8] = []
    private let isOld: Bool

    /// The `.npy` file of drawings, each a list of Δx, Δy, and pen.
    static func npy(_ drawings: [[Int16]], isOld: Bool) -> [UInt8] {
        var builder = PickleBuilder(isOld: isOld)
        builder.add(drawings)
        var header = "{'descr': '|O', 'fortran_order': False, 'shape': (\(drawings.count),), }"
        header += String(repeating: " ", count: 127 - (header.utf8.count + 10) % 128) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0] + number(header.utf8.count, 2) + Array(header.utf8) + builder.bytes
    }

    private init(isOld: Bool) {
        self.isOld = isOld
        bytes = [0x80, isOld ? 2 : 4]
    }

    private static func number(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private mutating func add(_ text: String) { bytes += text.utf8 }

    private mutating func add(text: String) {
        bytes += [isOld ? UInt8(ascii: "U") : 0x8C, UInt8(text.utf8.count)]
        add(text)
    }

    private mutating func add(global module: String, _ name: String) {
        if isOld {
            add("c\(module)\n\(name)\n")
        } else {
            add(text: module)
            add(text: name)
            bytes.append(0x93)
        }
    }

    private mutating func addReconstruct() {
        add(global: isOld ? "numpy.core.multiarray" : "numpy._core.multiarray", "_reconstruct")
        add(global: "numpy", "ndarray")
        bytes += [UInt8(ascii: "K"), 0, 0x85, UInt8(ascii: isOld ? "U" : "C"), 1, UInt8(ascii: "b"), 0x87]
        add("R")
    }

    private mutating func add(type: String, order: String) {
        add(global: "numpy", "dtype")
        add(text: type)
        bytes += [0x89, 0x88, 0x87]
        add("R(K\u{3}")
        add(text: order)
        add("NNN")
        for _ in 0..<2 { bytes += [UInt8(ascii: "J"), 0xFF, 0xFF, 0xFF, 0xFF] }
        add("K\0tb")
    }

    private mutating func add(_ drawings: [[Int16]]) {
        addReconstruct()
        add("q\u{1}(K\u{1}K")
        bytes += [UInt8(drawings.count), 0x85]
        add(type: "O8", order: "|")
        bytes += [0x89, UInt8(ascii: "]")]
        add("(")
        for drawing in drawings {
            addReconstruct()
            add("(K\u{1}K")
            bytes += [UInt8(drawing.count / 3), UInt8(ascii: "K"), 3, 0x86]
            add(type: "i2", order: "<")
            bytes += [0x89, UInt8(ascii: isOld ? "T" : "B")] + Self.number(2 * drawing.count, 4)
            for value in drawing { bytes += Self.number(Int(value), 2) }
            add("tb")
        }
        add("etb.")
    }
}
