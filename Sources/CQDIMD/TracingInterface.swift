public import CQDIMDHeader
import MaskFormats
import MaskModel
import MaskRaster
import MaskTracing

// The function of qdimd.h that traces images.

/// Traces an image as a vector mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_vectorize(
    _ image: UnsafePointer<qdimd_image>?, _ width: Int64, _ height: Int64,
    _ options: UnsafePointer<qdimd_tracing_options>?, _ mask: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        guard let mask = unsafe mask else { throw .null("mask") }
        let bitmap = unsafe try PixelBuffer(image, size: PixelSize(width, height)).bitmap(name: "image")
        let options = try TracingOptions(unsafe options?.pointee ?? qdimd_tracing_options())
        unsafe mask.pointee = try VectorMaskObject(tracing: bitmap, options).newHandle
    }
}

extension TracingOptions {
    fileprivate init(_ options: qdimd_tracing_options) throws(CallError) {
        self.init()
        switch options.fidelity {
        case QDIMD_CLEAN: fidelity = .clean
        case QDIMD_PIXELS: fidelity = .pixels
        default: throw .invalid("fidelity is \(options.fidelity); expected \(QDIMD_CLEAN) or \(QDIMD_PIXELS)")
        }
        switch options.shapes {
        case QDIMD_MIXED: shapes = .mixed
        case QDIMD_STROKES: shapes = .strokes
        case QDIMD_POLYGONS: shapes = .polygons
        default: throw .invalid("shapes is \(options.shapes); expected \(QDIMD_MIXED) to \(QDIMD_POLYGONS)")
        }
        switch options.caps {
        case QDIMD_CAPS_AUTO: caps = .auto
        case QDIMD_CAPS_ROUND: caps = .round
        case QDIMD_CAPS_BUTT: caps = .butt
        default: throw .invalid("caps is \(options.caps); expected \(QDIMD_CAPS_AUTO) to \(QDIMD_CAPS_BUTT)")
        }
    }
}

extension VectorMaskObject {
    /// Traces a bitmap.
    convenience init(tracing bitmap: Bitmap, _ options: TracingOptions) throws(CallError) {
        let found: MaskRecord
        do {
            let mask = try MaskTracer(options).trace(bitmap)
            var rasterizer = ExactRasterizer()
            let drawn = Bitmap(try rasterizer.raster(of: mask, at: mask.canvas))
            found = MaskRecord(mask: mask, holeRatio: drawn.holeRatio)
        } catch let error as TracingError {
            throw .invalid("\(error)")
        } catch {
            throw CallError(QDIMD_FAILED, "\(error)")
        }
        self.init(found)
    }
}
