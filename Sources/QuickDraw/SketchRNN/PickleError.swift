/// Why a pickle is not an array of arrays of numbers.
enum PickleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An opcode that NumPy's arrays do not need.
    case opcode(UInt8)
    /// A class or function that NumPy's arrays do not need; nothing is called.
    case global(String)
    /// The pickle ends within an opcode.
    case cutOff
    /// The opcodes do not describe an array.
    case invalid(String)
    /// The pickle would take too much memory.
    case tooLarge
    /// There are bytes after the end of the pickle.
    case trailingBytes

    /// One line, without the location.
    var description: String {
        switch self {
        case .opcode(let code):
            "the pickle has the opcode 0x\(String(code, radix: 16)); expected only those of NumPy's arrays"
        case .global(let name): "the pickle names \(name); expected only NumPy's arrays, and nothing is called"
        case .cutOff: "the pickle ends within an opcode; expected a complete one"
        case .invalid(let problem): "the pickle \(problem); expected an array of arrays"
        case .tooLarge: "the pickle needs too much memory; expected an array of drawings"
        case .trailingBytes: "bytes after the end of the pickle; expected none"
        }
    }
}
