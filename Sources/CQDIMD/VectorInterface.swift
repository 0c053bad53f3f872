public import CQDIMDHeader
import MaskFormats
import MaskModel
import MaskRaster

// The functions of qdimd.h that deal with a vector mask.

/// Reads a vector mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_read(
    _ text: UnsafePointer<CChar>?, _ size: Int, _ mask: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        guard let text = unsafe text else { throw .null("text") }
        guard let mask = unsafe mask else { throw .null("mask") }
        guard (0...1 << 30).contains(size) else {
            throw .invalid("size is \(UInt(bitPattern: size)); expected 0 to \(1 << 30)")
        }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: text, count: size))
        unsafe mask.pointee = try VectorMaskObject(text: bytes).newHandle
    }
}

/// Closes the handle of a vector mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_close(_ mask: OpaquePointer?) {
    if let mask = unsafe mask { unsafe Unmanaged<VectorMaskObject>.fromOpaque(UnsafeRawPointer(mask)).release() }
}

/// Reports the size of a vector mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_describe(
    _ mask: OpaquePointer?, _ width: UnsafeMutablePointer<Int64>?, _ height: UnsafeMutablePointer<Int64>?,
    _ strokes: UnsafeMutablePointer<Int64>?, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let vector = unsafe try VectorMaskObject.of(mask).record.mask
        unsafe width?.pointee = Int64(vector.canvas.width)
        unsafe height?.pointee = Int64(vector.canvas.height)
        unsafe strokes?.pointee = Int64(vector.strokes.count)
    }
}

/// Returns a vector mask as JSON; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_json(
    _ mask: OpaquePointer?, _ text: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ size: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        unsafe try returnText(VectorMaskObject.of(mask).json, text, size)
    }
}

/// Returns a vector mask as SVG; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_svg(
    _ mask: OpaquePointer?, _ isHoleBlack: Int32, _ text: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ size: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        unsafe try returnText(VectorMaskObject.of(mask).svg(isHoleBlack == 0 ? .white : .black), text, size)
    }
}

/// Rasterizes a vector mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_mask_rasterize(
    _ mask: OpaquePointer?, _ width: Int64, _ height: Int64, _ options: UnsafePointer<qdimd_raster_options>?,
    _ image: UnsafePointer<qdimd_image>?, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let record = unsafe try VectorMaskObject.of(mask).record
        let canvas = record.mask.canvas
        let size = try PixelSize(width, height)
        guard size.hasAspectRatio(of: canvas) else {
            throw .invalid("the size is \(size); expected the aspect ratio of the canvas, \(canvas)")
        }
        let buffer = unsafe try PixelBuffer(image, size: size)
        let options = unsafe options?.pointee ?? qdimd_raster_options()
        // Distances of feathered edges are in px of the canvas.
        let vector = options.feather == 0 ? record.mask(for: size) : record.mask
        let detail = Double(vector.canvas.width / canvas.width)
        let dilated = try converting(to: QDIMD_INVALID_ARGUMENT) { try vector.dilated(options, detail: detail) }
        switch try options.edge {
        case nil:
            var rasterizer = ExactRasterizer()
            var band = SpanMask(size: .smallest)
            for rows in ImageBands(of: size) {
                try converting { try rasterizer.rasterize(dilated, at: size, rows: rows, into: &band) }
                buffer.write(band, fromRow: rows.lowerBound)
            }
        case .coverage: try buffer.write(dilated, AntialiasingRasterizer())
        case .feather(let distance): try buffer.write(dilated, FeatherRasterizer(distance))
        }
    }
}

extension PixelBuffer {
    /// Draws a mask with soft edges.
    fileprivate func write<Rasterizer: ImageRasterizer & ~Copyable>(
        _ mask: VectorMask, _ rasterizer: consuming Rasterizer
    ) throws(CallError) where Rasterizer.Image == GrayImage {
        var band = GrayImage(size: .smallest)
        for rows in ImageBands(of: size) {
            do {
                try rasterizer.rasterize(mask, at: size, rows: rows, into: &band)
            } catch {
                throw CallError(QDIMD_FAILED, "\(error)")
            }
            write(band, fromRow: rows.lowerBound)
        }
    }
}

extension PixelSize {
    /// The size of an image.
    init(_ width: Int64, _ height: Int64) throws(CallError) {
        guard let width = Int(exactly: width), let height = Int(exactly: height),
            let size = PixelSize(width: width, height: height)
        else {
            throw .invalid("the size is \(width)×\(height); expected sides of 1 to \(PixelSize.maximumSide) px")
        }
        self = size
    }
}

extension VectorMask {
    /// - Parameters:
    ///   - options: Those of the caller.
    ///   - detail: Px of this mask per px of the caller's.
    fileprivate func dilated(_ options: qdimd_raster_options, detail: Double) throws -> VectorMask {
        guard options.dilate >= 0, options.dilate.isFinite else {
            throw CallError.invalid("dilate is \(options.dilate); expected at least 0 (holes cannot shrink)")
        }
        return options.dilate > 0 ? try dilated(by: options.dilate * detail) : self
    }
}

extension qdimd_raster_options {
    /// The kind of soft edge; nil for hard edges.
    fileprivate var edge: SoftEdge? {
        get throws(CallError) {
            guard feather != 0 else { return antialias != 0 ? .coverage : nil }
            guard antialias == 0 else { throw .invalid("antialias cannot be used with feather") }
            guard let distance = FeatherDistance(distance: feather) else {
                throw .invalid("feather is \(feather); expected 0.01 to 10000000, or 0 for hard edges")
            }
            return .feather(distance)
        }
    }
}
