import MaskModel

/// The width of the band of Boundary IoU: max(1, round(0.02 · diagonal)) px, halves to even.
///
/// The dilation ratio of 0.02 is the default of Cheng et al. (2021), as is the rounding of their code.
struct BoundaryBandWidth: Hashable {
    let pixels: Int

    init(size: PixelSize) {
        let diagonal = Double(size.width * size.width + size.height * size.height).squareRoot()
        pixels = max(1, Int((0.02 * diagonal).rounded(.toNearestOrEven)))
    }
}
