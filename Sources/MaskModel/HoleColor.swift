/// How an image shows the hole: in white on black, or in black on white.
///
/// It matters only where an image is read or written; vectors and rasters know hole and no hole.
public enum HoleColor: String, Hashable, Sendable, CaseIterable {
    /// 255 = hole: LaMa, EdgeConnect, DeepFill, diffusers.
    case white
    /// 0 = hole: the original QD-IMD files, MAT, RePaint.
    case black
}
