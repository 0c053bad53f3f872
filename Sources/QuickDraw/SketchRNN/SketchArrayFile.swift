import Archives
import FileAccess

/// The file of sketch-rnn's arrays: a `.npy` file of an array of objects, each an array of Δx, Δy, and pen for each
/// point.
enum SketchArrayFile {
    /// The largest accepted file, in bytes: sketch-rnn's have up to 60 MB.
    static let fileLimit = 1 << 29

    /// Whether a file that begins so is an array of objects, which are drawings, not one of numbers; nil if it is not a
    /// `.npy` file.
    static func isStored(in beginning: RawSpan) -> Bool? {
        let count = min(beginning.byteCount, NPYHeader.lengthLimit)
        guard count > 0, beginning.byte(at: 0) == 0x93 else { return nil }
        let bytes = (0..<count).map { beginning.byte(at: $0) }
        guard NPYHeader.isNPY(bytes) else { return nil }
        // Without a valid header, reading it reports the error.
        return NPYHeader(bytes).map { $0.type.hasSuffix("O") } ?? true
    }

    /// The arrays in the file whose bytes follow.
    ///
    /// - Throws: `DataError` of kind `corrupt` if they are not such arrays; another if the file cannot be read.
    /// - Complexity: O(bytes)
    static func read(_ file: inout ByteReader) throws(DataError) -> PickledArrays {
        guard try !file.fill(to: fileLimit + 1) else {
            throw DataError(file.path, "has more than \(fileLimit) bytes; expected at most \(fileLimit)")
        }
        let data = file.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) } }
        file.consume(data.count)
        guard let header = NPYHeader(data), header.shape.count == 1 else {
            throw DataError(
                file.path, "does not begin with the header of a list of arrays; expected one as of sketch-rnn",
                kind: .corrupt)
        }
        var pickle = PickleReader(data, from: header.dataOffset)
        let arrays: PickledArrays
        do throws(PickleError) {
            arrays = try pickle.read()
        } catch {
            throw DataError(at: "\(file.path): byte \(pickle.opcodeOffset)", "\(error)", kind: .corrupt)
        }
        guard arrays.arrays.count == header.shape[0] else {
            throw DataError(
                file.path, "has \(arrays.arrays.count) arrays; expected \(header.shape[0])", kind: .corrupt)
        }
        return arrays
    }
}
