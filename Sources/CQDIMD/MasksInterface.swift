public import CQDIMDHeader
import FileAccess
import JSONText
import MaskDataset
import MaskFormats
import MaskModel
import SystemPackage

// The functions of qdimd.h that deal with a handle of masks. The compiler checks them against the header, which
// documents them.

/// Opens the masks of one split; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_open(
    _ source: UnsafePointer<CChar>?, _ preset: UnsafePointer<CChar>?, _ spec: UnsafePointer<CChar>?,
    _ changes: UnsafePointer<CChar>?, _ split: Int32, _ masks: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        guard let source = unsafe source else { throw .null("source") }
        guard let masks = unsafe masks else { throw .null("masks") }
        let path = unsafe FilePath(String(cString: source))
        guard split == QDIMD_TRAIN || split == QDIMD_TEST else {
            throw .invalid("split is \(split); expected \(QDIMD_TRAIN) or \(QDIMD_TEST)")
        }
        let half = split == QDIMD_TRAIN ? Split.train : .test
        let settings = try converting(to: QDIMD_INVALID_ARGUMENT) {
            unsafe try ExportSettings(
                preset: preset.map { unsafe String(cString: $0) }, spec: spec.map(bytes), changes: changes.map(bytes),
                split: half)
        }
        guard try converting({ try path.kind() }) != nil else {
            throw CallError(
                QDIMD_NOT_FOUND,
                "\(path): no such file or directory; expected a stroke bank, a Quick, Draw! file, or a folder of them")
        }
        let opened = MasksObject(
            try converting { try OnDemandMasks(source: path, settings: settings, split: half) })
        try opened.prepare()
        unsafe masks.pointee = OpaquePointer(Unmanaged.passRetained(opened).toOpaque())
    }
}

/// Closes a handle of masks; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_close(_ masks: OpaquePointer?) {
    if let masks = unsafe masks { unsafe Unmanaged<MasksObject>.fromOpaque(UnsafeRawPointer(masks)).release() }
}

/// Reports the number and the size of masks; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_describe(
    _ masks: OpaquePointer?, _ count: UnsafeMutablePointer<Int64>?, _ width: UnsafeMutablePointer<Int64>?,
    _ height: UnsafeMutablePointer<Int64>?, _ isHoleBlack: UnsafeMutablePointer<Int32>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let opened = unsafe try MasksObject.of(masks).masks
        let size = opened.settings.imageSize
        unsafe count?.pointee = Int64(opened.count)
        unsafe width?.pointee = Int64(size.width)
        unsafe height?.pointee = Int64(size.height)
        unsafe isHoleBlack?.pointee = opened.settings.holeColor == .black ? 1 : 0
    }
}

/// Returns all settings as JSON text; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_settings(
    _ masks: OpaquePointer?, _ text: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ size: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        unsafe try returnText(Array(MasksObject.of(masks).masks.settings.specText.utf8), text, size)
    }
}

/// Draws a mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_draw(
    _ masks: OpaquePointer?, _ index: Int64, _ image: UnsafePointer<qdimd_image>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let object = unsafe try MasksObject.of(masks)
        let index = try object.checked(index)
        let buffer = unsafe try PixelBuffer(image, size: object.masks.settings.imageSize)
        try object.withWorker { (worker) throws(CallError) in try worker.draw(index, into: buffer) }
    }
}

/// Draws several masks; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_draw_batch(
    _ masks: OpaquePointer?, _ indices: UnsafePointer<Int64>?, _ count: Int, _ image: UnsafePointer<qdimd_image>?,
    _ imageStride: Int, _ threads: Int32, _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let object = unsafe try MasksObject.of(masks)
        guard (1...256).contains(threads) else { throw .invalid("threads is \(threads); expected 1 to 256") }
        guard count != 0 else { return }
        guard count > 0 else { throw .invalid("count is \(UInt(bitPattern: count)); expected less") }
        guard let indices = unsafe indices else { throw .null("indices") }
        let buffer = unsafe try PixelBuffer(
            image, size: object.masks.settings.imageSize, imageCount: count, imageStride: imageStride)
        let all = unsafe UnsafeBufferPointer(start: indices, count: count)
        for number in 0..<count { _ = unsafe try object.checked(all[number]) }
        unsafe try MaskBatch(object, all, buffer, imageStride: imageStride).run(threadCount: Int(threads))
    }
}

/// Reports the hole ratio of a mask; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_hole_ratio(
    _ masks: OpaquePointer?, _ index: Int64, _ ratio: UnsafeMutablePointer<Double>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let object = unsafe try MasksObject.of(masks)
        guard let ratio = unsafe ratio else { throw .null("ratio") }
        unsafe ratio.pointee = try object.record(object.checked(index)).holeRatio ?? 0
    }
}

/// Returns a mask as a vector; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_get(
    _ masks: OpaquePointer?, _ index: Int64, _ mask: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<CChar>?, _ errorSize: Int
) -> Int32 {
    unsafe call(error, errorSize) { () throws(CallError) in
        let object = unsafe try MasksObject.of(masks)
        guard let mask = unsafe mask else { throw .null("mask") }
        unsafe mask.pointee = VectorMaskObject(try object.record(object.checked(index))).newHandle
    }
}

/// The bytes of a C string.
private func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] { unsafe Array(String(cString: text).utf8) }

extension MasksObject {
    /// The record of mask `index`, which must exist.
    func record(_ index: Int) throws(CallError) -> MaskRecord {
        try withWorker { (worker) throws(CallError) in
            try converting { try worker.generator.record(index) }
        }
    }

    /// Generates the first mask, which shows whether the spec can be met, and calls what all functions of the library
    /// call: what the Swift runtime sets up on first use, it sets up under locks, and a process that forks while another
    /// thread held one would wait for it in the child forever.
    fileprivate func prepare() throws(CallError) {
        let record = try record(0)
        try withWorker { (worker) throws(CallError) in
            try converting { try worker.generator.withRaster(0) { _ in } }
        }
        try VectorMaskObject(record).prepare()
    }
}
