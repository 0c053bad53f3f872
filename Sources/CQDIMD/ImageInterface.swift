public import CQDIMDHeader
import MaskDiff
import MaskModel
import MaskRaster
import PNGCodec

// The functions of qdimd.h that deal with images alone.

/// Compares two images; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_diff(
    _ candidate: UnsafePointer<qdimd_image>?, _ reference: UnsafePointer<qdimd_image>?, _ width: Int64,
    _ height: Int64, _ tolerance: Double, _ result: UnsafeMutablePointer<qdimd_comparison>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        guard let result = unsafe result else { throw .null("result") }
        let size = try PixelSize(width, height)
        guard tolerance >= 0, tolerance.isFinite else {
            throw .invalid("tolerance is \(tolerance); expected at least 0")
        }
        let first = unsafe try PixelBuffer(candidate, size: size, name: "candidate").bitmap(name: "candidate")
        let second = unsafe try PixelBuffer(reference, size: size, name: "reference").bitmap(name: "reference")
        let found = try converting {
            try BitmapComparison(candidate: first, reference: second, tolerance: tolerance)
        }
        unsafe result.pointee = qdimd_comparison(
            both: Int64(found.bothCount), only_candidate: Int64(found.onlyCandidateCount),
            only_reference: Int64(found.onlyReferenceCount), forgiven: Int64(found.forgivenCount),
            differing: Int64(found.differingCount), iou: found.iou, dice: found.dice,
            boundary_iou: found.boundaryIoU, hausdorff95: found.hausdorff95 ?? .nan,
            candidate_hole_ratio: found.candidateHoleRatio, reference_hole_ratio: found.referenceHoleRatio)
    }
}

/// Returns an image as PNG; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_png(
    _ image: UnsafePointer<qdimd_image>?, _ width: Int64, _ height: Int64,
    _ bytes: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, _ size: UnsafeMutablePointer<Int>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        guard let bytes = unsafe bytes else { throw .null("bytes") }
        guard let size = unsafe size else { throw .null("size") }
        let pixels = unsafe try PixelBuffer(image, size: PixelSize(width, height), ignoresValues: true)
        let file = GrayPNGEncoder.encode(try pixels.grayImage())
        unsafe bytes.pointee = try copy(file).assumingMemoryBound(to: UInt8.self)
        unsafe size.pointee = file.count
    }
}
