/// The polarity of an image: white holes on black, or black holes on white.
///
/// It applies only where an image is read or written; vector masks and rasters store hole and no hole.
public enum HoleColor: String, Hashable, Sendable, CaseIterable {
    /// 255 = hole: LaMa, EdgeConnect, DeepFill, diffusers.
    case white
    /// 0 = hole: the original QD-IMD files, MAT, RePaint.
    case black
}
