/// The meaning of the levels between 0 and 255 of a `GrayImage`.
public enum SoftEdge: Hashable, Sendable {
    /// Antialiasing: the fraction of the pixel that is hole; see `AntialiasingRasterizer`.
    case coverage
    /// The distance from the hole; see `FeatherRasterizer`.
    case feather(FeatherDistance)
}
