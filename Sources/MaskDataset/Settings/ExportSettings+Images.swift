import FileAccess
import MaskModel

extension ExportSettings {
    /// Which masks belong to the images of the list.
    var imageAssignment: ImageAssignment {
        ImageAssignment(images: layouts.images, masksPerImage: layouts.masksPerImage, split: imageSplit)
    }

    /// The split whose masks are assigned to the images of a list: test, or train if there are no test masks.
    var imageSplit: Split { testCount > 0 ? .test : .train }

    /// The number of masks for the images of a list.
    ///
    /// - Parameter images: The list.
    public func maskCount(for images: ImageList) -> Int {
        let (count, overflow) = images.stems.count.multipliedReportingOverflow(by: layouts.masksPerImage)
        return overflow ? .max : count
    }

    /// The size of the image for which mask `index` of a split is composed; nil if it has the canvas of the recipe.
    func canvas(ofMask index: Int, _ split: Split) -> PixelSize? {
        layouts.usesImageSizes ? imageAssignment.image(of: index, split)?.size : nil
    }

    /// The size of the PNG of mask `index` of a split.
    func imageSize(ofMask index: Int, _ split: Split) -> PixelSize { canvas(ofMask: index, split) ?? imageSize }

    /// The sizes of the PNGs as text: `512×512 px`.
    var imageSizeText: String {
        guard layouts.usesImageSizes else { return "\(imageSize) px" }
        return count(of: imageSplit == .test ? .train : .test) == 0
            ? "as large as their images" : "\(imageSize) px, or as large as their images"
    }

    /// The recipes on another canvas: widths and a free border scale with its shorter side.
    ///
    /// - Throws: `MaskSpecError` if the canvas is so small or so large that a value is out of range.
    func specs(on canvas: PixelSize) throws(MaskSpecError) -> [MaskSpec] {
        var scaled: [MaskSpec] = []
        for spec in try specs() {
            let scale =
                Double(min(canvas.width, canvas.height)) / Double(min(spec.canvas.width, spec.canvas.height))
            var changes = MaskSpecChanges()
            changes.canvas = canvas
            changes.minStrokeWidth = spec.strokeWidth.lowerBound * scale
            changes.maxStrokeWidth = spec.strokeWidth.upperBound * scale
            if case .free(let margin?) = spec.border { changes.border = .free(margin: margin * scale) }
            scaled.append(try spec.applying(changes))
        }
        return scaled
    }

    /// What is wrong if the list of images has not as many images as there are masks to name after them.
    public var imageCountProblem: String? {
        guard let images = layouts.images else { return nil }
        let (imageCount, maskCount) = (maskCount(for: images), count(of: imageSplit))
        let split = imageSplit.rawValue
        let perImage = layouts.masksPerImage
        let found =
            "\(images.stems.count) \(images.stems.count == 1 ? "image" : "images"), "
            + "but \(maskCount) \(split) \(maskCount == 1 ? "mask" : "masks")"
        let mask = perImage == 1 ? "a mask" : "\(perImage) masks"
        if imageCount > maskCount { return "\(found); expected \(mask) for each image: --\(split) \(imageCount)" }
        if imageCount < maskCount {
            return perImage == 1
                ? "\(found); expected an image for each mask: --\(split) \(imageCount), or more images"
                : "\(found); expected \(mask) for each image: --\(split) \(imageCount), or more images"
        }
        return nil
    }

    /// What is wrong with the images of the list for the layouts, as an error of the list or of an image.
    func checkImages() throws(DataError) {
        guard let images = layouts.images else { return }
        if let problem = imageCountProblem { throw DataError(images.path, problem) }
        if layouts.usesImageSizes {
            for size in Set(images.sizes ?? []) {
                do {
                    _ = try specs(on: size)
                } catch {
                    throw DataError(images.path, "has an image of \(size) px, for which \(error)")
                }
            }
        }
        if layouts.kinds.contains(.flat),
            let path = images.imagePaths.first(where: { $0.contains { $0.isWhitespace } })
        {
            throw DataError(
                images.path,
                "names \(path.debugDescription), with a space; expected none for the layout flat, whose lists of "
                    + "images and masks are split at white space")
        }
        if layouts.linksImages, layouts.kinds.contains(.lama),
            let stem = images.stems.first(where: { $0.contains("mask") })
        {
            throw DataError(
                images.path,
                "names \(stem.debugDescription); expected no mask in the name of an image that is linked beside its "
                    + "masks, for which LaMa would take it")
        }
    }
}
