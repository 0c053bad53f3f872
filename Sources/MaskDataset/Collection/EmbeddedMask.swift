import MaskModel

/// How a file contains a mask that is neither the whole file nor a line of it.
enum EmbeddedMask: Hashable, Sendable {
    /// Pixels of a NumPy array, one byte each, row by row.
    case pixels(PixelSize)
    /// Run lengths of COCO.
    case runs(RunLengthMask)
}
