public import PlaneGeometry

/// A width and a height in whole px, each 1 to 1,000,000.
public struct PixelSize: Hashable, Sendable, CustomStringConvertible {
    /// The maximum length of a side, in px.
    public static let maximumSide = 1_000_000

    /// The width in px, 1 to `maximumSide`.
    public let width: Int
    /// The height in px, 1 to `maximumSide`.
    public let height: Int

    /// Creates a size; nil if a side is not from 1 to `maximumSide`.
    public init?(width: Int, height: Int) {
        guard (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height) else { return nil }
        self.width = width
        self.height = height
    }

    init(uncheckedWidth width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// 512×512 px, the size of QD-IMD's masks.
    public static let standard = PixelSize(uncheckedWidth: 512, height: 512)

    /// 1×1 px.
    public static let smallest = PixelSize(uncheckedWidth: 1, height: 1)

    /// The number of pixels.
    public var area: Int { width * height }

    /// The rectangle from (0, 0) to (width, height).
    public var bounds: Rectangle { Rectangle(width: Double(width), height: Double(height)) }

    /// The size as text: `512×512`.
    public var description: String { "\(width)×\(height)" }

    /// Returns the size with both sides multiplied by `factor` and rounded, halves up; nil if a side is out of range.
    public func scaled(by factor: Double) -> PixelSize? {
        let width = (Double(width) * factor).rounded()
        let height = (Double(height) * factor).rounded()
        guard let width = Int(exactly: width), let height = Int(exactly: height) else { return nil }
        return PixelSize(width: width, height: height)
    }

    /// Returns whether an image of this size shows `canvas` without stretching it: the aspect ratios are equal, or scaling
    /// the canvas to one side results in the other side after rounding to whole px.
    public func hasAspectRatio(of canvas: PixelSize) -> Bool {
        if width * canvas.height == height * canvas.width { return true }
        let byWidth = canvas.scaled(by: Double(width) / Double(canvas.width))
        let byHeight = canvas.scaled(by: Double(height) / Double(canvas.height))
        return byWidth == self || byHeight == self
    }
}
