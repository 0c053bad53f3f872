import CQDIMDHeader
import FileAccess
import MaskDataset
import MaskModel
import MaskRaster
import Synchronization
import SystemPackage

/// What a handle of masks refers to: the masks, and their generators, which calls borrow.
@safe final class MasksObject: @unchecked Sendable {
    // Sendable despite the pointer: its memory holds atomics and lives as long as the object.

    let masks: OnDemandMasks
    /// The addresses of retained generators that no call uses; 0 for an empty slot.
    ///
    /// There is no lock: a process that forks while another of its threads held one could never open it in the child. A
    /// generator that is in use during a fork is lost to the child, which makes another one.
    private let idle: UnsafeMutablePointer<Atomic<UInt>>

    private static let slotCount = 64

    /// A generator, which one call uses at a time.
    final class Worker {
        var generator: OnDemandMasks.Generator

        init(_ generator: consuming OnDemandMasks.Generator) {
            self.generator = generator
        }
    }

    init(_ masks: OnDemandMasks) {
        self.masks = masks
        unsafe idle = .allocate(capacity: Self.slotCount)
        for slot in 0..<Self.slotCount { unsafe (idle + slot).initialize(to: Atomic(0)) }
    }

    deinit {
        while let worker = takeIdle() { _ = worker }
        unsafe idle.deinitialize(count: Self.slotCount)
        unsafe idle.deallocate()
    }

    /// Lends a generator to `body`.
    @inline(__always)
    func withWorker<Result>(_ body: (Worker) throws(CallError) -> Result) throws(CallError) -> Result {
        let worker = if let idle = takeIdle() { idle } else { try makeWorker() }
        defer { putBack(worker) }
        return try body(worker)
    }

    private func makeWorker() throws(CallError) -> Worker {
        guard let generator = masks.makeGenerator() else {
            throw CallError(QDIMD_FAILED, "no categories left for \(masks.split.rawValue)")
        }
        return Worker(generator)
    }

    private func takeIdle() -> Worker? {
        for slot in 0..<Self.slotCount where unsafe idle[slot].load(ordering: .relaxed) != 0 {
            let address = unsafe idle[slot].exchange(0, ordering: .acquiring)
            if let pointer = unsafe UnsafeRawPointer(bitPattern: address) {
                return unsafe Unmanaged<Worker>.fromOpaque(pointer).takeRetainedValue()
            }
        }
        return nil
    }

    private func putBack(_ worker: Worker) {
        let retained = unsafe Unmanaged.passRetained(worker)
        let address = unsafe UInt(bitPattern: retained.toOpaque())
        for slot in 0..<Self.slotCount where unsafe idle[slot].load(ordering: .relaxed) == 0 {
            if unsafe idle[slot].compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged {
                return
            }
        }
        unsafe retained.release()
    }

    /// Checks that there is a mask with this index, and returns it.
    @inline(__always)
    func checked(_ index: Int64) throws(CallError) -> Int {
        guard index >= 0, index < masks.count else {
            throw CallError(
                QDIMD_OUT_OF_RANGE, "index is \(index); expected 0 to \(masks.count - 1)")
        }
        return Int(index)
    }
}

extension MasksObject {
    /// The object of a handle, without a change of its reference count.
    static func of(_ masks: OpaquePointer?) throws(CallError) -> MasksObject {
        guard let masks = unsafe masks else { throw .null("masks") }
        return unsafe Unmanaged<MasksObject>.fromOpaque(UnsafeRawPointer(masks)).takeUnretainedValue()
    }
}
