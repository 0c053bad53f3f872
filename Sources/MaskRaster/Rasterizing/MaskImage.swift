public import MaskModel

/// A raster that a mask can be drawn into, one band at a time.
public protocol MaskImage: Hashable, Sendable {
    /// The size in pixels.
    var size: PixelSize { get }

    /// Creates an image without hole pixels.
    init(size: PixelSize)
}

extension SpanMask: MaskImage {}
extension GrayImage: MaskImage {}
