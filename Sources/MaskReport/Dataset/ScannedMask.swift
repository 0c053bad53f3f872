import MaskFormats
import MaskModel

/// A mask and the counts of its pixels.
struct ScannedMask {
    /// The size of the image, or of the vector's canvas, in px.
    let size: PixelSize
    let holeCount: Int
    /// Whether a pixel at the border of the image is hole.
    let touchesBorder: Bool
    /// Nil for an image.
    let record: MaskRecord?
    let split: Split?
}
