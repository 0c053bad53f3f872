public import MaskModel

/// A vector mask as stored in a file, with its id and how it was generated.
public struct MaskRecord: Hashable, Sendable {
    /// The identifier of the format in files. A change that older readers would misread gets another number.
    public static let format = "qd-imd-mask/1"
    /// The identifier of the format with filled strokes and flat ends; a mask without them is written as `format`.
    public static let shapeFormat = "qd-imd-mask/2"
    /// The decimals of `upscale` in files: they locate a stroke to within 0.01 px on a canvas of 32,767 px, and of
    /// 100,000 px.
    public static let upscaleDecimals = 7

    /// The shape of the hole.
    public var mask: VectorMask
    /// The mask's id, unique in its dataset: `00000_train`.
    public var id: String?
    /// The split of the dataset that contains the mask.
    public var split: Split?
    /// The index of the mask in its split, from 0.
    public var index: Int?
    /// The sampled upscale rate, at least 1; rounded to seven decimals in files.
    public var upscale: Double?
    /// The factor that all widths were multiplied by to reach the requested hole ratio; rounded to four decimals in
    /// files.
    public var widthFactor: Double?
    /// The hole ratio of the exact rasterizer at the size of the canvas, 0 to 1; rounded to four decimals in files.
    public var holeRatio: Double?

    /// The document of a mask from SVG that shows more at a larger size; nil for other masks.
    private(set) var svgText: [UInt8]?

    /// The identifier of the format that the mask is written in.
    var writtenFormat: String { mask.hasShapes ? Self.shapeFormat : Self.format }

    /// A mask and its metadata, without validation.
    public init(
        mask: VectorMask, id: String? = nil, split: Split? = nil, index: Int? = nil, upscale: Double? = nil,
        widthFactor: Double? = nil, holeRatio: Double? = nil
    ) {
        self.mask = mask
        self.id = id
        self.split = split
        self.index = index
        self.upscale = upscale
        self.widthFactor = widthFactor
        self.holeRatio = holeRatio
    }

    /// Reads a mask from SVG; see `VectorMask.init(svg:detail:)`.
    ///
    /// - Throws: `MaskFormatError` with the line, for what is visible and cannot be read.
    /// - Complexity: O(*n*) in the length of the text and the number of points, without fills by the nonzero rule
    public init(svg text: [UInt8]) throws(MaskFormatError) {
        let read = try SVGMask(text, detail: 1)
        self.init(mask: read.mask)
        if read.isRounded { svgText = text }
    }

    /// Returns the mask for an image of `size`, with points within 0.01 px of the image where an SVG document has them.
    ///
    /// For an image that is larger than the canvas, curves are replaced by chords again, and coordinates rounded again: the
    /// canvas of the result is a whole multiple of that of `mask`. Masks whose coordinates are multiples of 0.01 px of the
    /// canvas, such as this program's own, are returned as they are; so is one with coordinates out of range after scaling.
    /// - Complexity: that of reading the document, or O(1)
    public func mask(for size: PixelSize) -> VectorMask {
        let canvas = mask.canvas
        let scale = max(Double(size.width) / Double(canvas.width), Double(size.height) / Double(canvas.height))
        guard let svgText, scale > 1 else { return mask }
        do throws(MaskFormatError) {
            return try VectorMask(svg: svgText, detail: Int(scale.rounded(.up)))
        } catch {
            return mask
        }
    }
}
