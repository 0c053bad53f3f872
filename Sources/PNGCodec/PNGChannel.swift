/// What is read of a pixel that may have colors and alpha.
public enum PNGChannel: String, Hashable, Sendable, CaseIterable {
    /// Alpha, whatever the color is.
    case alpha
    /// The red sample, or the gray one, whatever alpha is.
    case red
    /// The sum of red, green, and blue by the weights of ITU-R BT.601, whatever alpha is.
    case luminance
}
