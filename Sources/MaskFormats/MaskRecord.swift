public import MaskModel

/// A vector mask as it stands in a file: with its name and what is known of its making.
public struct MaskRecord: Hashable, Sendable {
    /// The name of the format in the files. A change that old readers would misread gets another number.
    public static let format = "qd-imd-mask/1"

    /// What is painted.
    public var mask: VectorMask
    /// The mask's name, unique in its dataset: `00000_train`.
    public var id: String?
    /// Which half of its dataset the mask belongs to.
    public var split: Split?
    /// Which mask of its split, from 0.
    public var index: Int?
    /// The upscale rate that the composer drew, 1 or more; files have four places of it.
    public var upscale: Double?
    /// What all widths were multiplied by for the hole ratio that was wanted; files have four places of it.
    public var widthFactor: Double?
    /// The share of hole by the exact rule at the size of the canvas, 0 to 1; files have four places of it.
    public var holeRatio: Double?

    /// A mask with what is known of it; nothing is checked.
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

/// Why a text is no mask: on which line, if that is known, and what was found and wanted.
public struct MaskFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1; nil if it is not known or the caller knows it better.
    public let line: Int?
    /// What was found and what was wanted.
    public let problem: String

    /// A fault, on a line from 1 if that is known.
    public init(line: Int? = nil, _ problem: String) {
        self.line = line
        self.problem = problem
    }

    /// One line: `line 3: <circle>: not a part of a mask; expected …`.
    public var description: String { line.map { "line \($0): \(problem)" } ?? problem }
}
