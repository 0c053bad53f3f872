import MaskModel

/// What a mask is in its file, if it is neither the whole file nor a line.
enum MaskPart: Hashable, Sendable {
    /// Pixels of a NumPy array, one byte each, row by row.
    case pixels(PixelSize)
    /// Run lengths of COCO.
    case runs(RunLengthMask)
}
