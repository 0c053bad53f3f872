import MaskModel

/// A folder of images with black holes for each split: MAT, CoModGAN, RePaint, PUT, and PConv read its files in sorted
/// order, divide by 255, and treat 1 as known.
struct MATLayout: OutputLayout {
    var fileExtension = "png"

    var holeColor: HoleColor { .black }
}
