/// A function or class that the pickles of arrays name; no other is accepted.
enum PickleFunction: String {
    /// Makes an empty array.
    case reconstruct = "numpy.core.multiarray._reconstruct"
    /// Makes an array of bytes.
    case fromBuffer = "numpy.core.numeric._frombuffer"
    /// The class of arrays.
    case array = "numpy.ndarray"
    /// The class of types of elements.
    case type = "numpy.dtype"
    /// Makes bytes of text.
    case encode = "_codecs.encode"

    /// The function `name` of a module; NumPy 2 calls its modules `numpy._core`.
    ///
    /// - Throws: `PickleError.global` if it is any other.
    init(module: String, name: String) throws(PickleError) {
        let core = "numpy._core."
        let module = module.hasPrefix(core) ? "numpy.core." + module.dropFirst(core.count) : module
        guard let function = Self(rawValue: "\(module).\(name)") else {
            throw .global("\(module).\(name)".debugDescription)
        }
        self = function
    }
}
