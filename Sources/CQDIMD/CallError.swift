import CQDIMDHeader
import FileAccess
import MaskDataset
import MaskFormats

/// Why a call failed: the code that it returns, and its error text.
struct CallError: Error {
    let code: Int32
    let message: String

    init(_ code: Int32, _ message: String) {
        self.code = code
        self.message = message
    }

    /// An invalid argument: `tolerance is -1.0; expected 0 or more`.
    static func invalid(_ message: String) -> CallError { CallError(QDIMD_INVALID_ARGUMENT, message) }

    /// An argument that must not be NULL.
    static func null(_ name: StaticString) -> CallError { .invalid("\(name) is NULL") }
}

/// Runs a function of the C interface: returns its code, and writes the text of an error to the caller's memory.
@inline(__always)
func call(
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int, _ body: () throws(CallError) -> Void
) -> Int32 {
    do throws(CallError) {
        try body()
        return QDIMD_OK
    } catch let failure {
        unsafe write(failure.message, to: error, errorSize)
        return failure.code
    }
}

/// Runs `body`, and converts what it throws into an error with `code`.
func converting<Result: ~Copyable>(
    to code: Int32 = QDIMD_FAILED, _ body: () throws -> Result
) throws(CallError) -> Result {
    do {
        return try body()
    } catch let error as CallError {
        throw error
    } catch {
        throw CallError(code, "\(error)")
    }
}

/// Writes as many whole characters of `text` as fit, and a NUL.
private func write(_ text: String, to memory: UnsafeMutablePointer<CChar>?, _ size: Int) {
    guard let memory = unsafe memory, size > 0 else { return }
    var count = 0
    for character in text.unicodeScalars {
        let units = UTF8.encode(character).map(Array.init) ?? []
        // A text with a NUL, as from a JSON string, would seem to end there.
        guard count + units.count < size, character != "\0" else { break }
        for unit in units {
            unsafe memory[count] = CChar(bitPattern: unit)
            count += 1
        }
    }
    unsafe memory[count] = 0
}
