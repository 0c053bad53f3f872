public import MaskModel

/// Two images that cannot be compared because their sizes differ.
public struct ImageSizeMismatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The size of the candidate.
    public let candidate: PixelSize
    /// The size of the reference.
    public let reference: PixelSize

    /// One line with both sizes.
    public var description: String { "the candidate is \(candidate) px but the reference is \(reference) px" }
}
