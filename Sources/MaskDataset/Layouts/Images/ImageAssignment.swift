import MaskModel
import SystemPackage

/// Which masks belong to the images of a list: those of one split, in order, the same number for each image.
struct ImageAssignment: Hashable, Sendable {
    /// The list; nil if no mask belongs to an image.
    let images: ImageList?
    /// The number of masks of each image, at least 1.
    let masksPerImage: Int
    /// The split whose masks belong to the images.
    let split: Split

    /// An image, and one of its masks.
    struct Entry: Hashable, Sendable {
        /// The path of the image as its list has it.
        let path: String
        /// The name of the image without folders and extension.
        let stem: String
        /// The size of the image; nil if it was not read.
        let size: PixelSize?
        /// The number of the mask among those of the image, from 0.
        let number: Int

        /// The number with three digits, as LaMa's evaluation has it.
        var threeDigits: String { DatasetPaths.padded(number, to: 3) }
    }

    /// The image of mask `index` of a split; nil if there is none.
    func image(of index: Int, _ split: Split) -> Entry? {
        guard let images, split == self.split, index >= 0 else { return nil }
        let (image, number) = index.quotientAndRemainder(dividingBy: masksPerImage)
        guard images.stems.indices.contains(image) else { return nil }
        return Entry(
            path: images.imagePaths[image], stem: images.stems[image], size: images.sizes?[image], number: number)
    }
}
