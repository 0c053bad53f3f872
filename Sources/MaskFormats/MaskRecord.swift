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
}
