import CQDIMDHeader
import MaskDataset
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Draws several masks in several threads, which end before `run` returns.
@safe final class MaskBatch: @unchecked Sendable {
    // Sendable despite the pointers: the caller's memory, of which every mask is written by one thread.
    private let object: MasksObject
    private let indices: UnsafeBufferPointer<Int64>
    private let image: PixelBuffer
    private let imageStride: Int
    /// The number of masks that were begun.
    private let begun = Atomic<Int>(0)
    private let hasFailed = Atomic<Bool>(false)
    /// The first failure; only the thread that set `hasFailed` writes it.
    private var failure: CallError?

    init(_ object: MasksObject, _ indices: UnsafeBufferPointer<Int64>, _ image: PixelBuffer, imageStride: Int) {
        self.object = object
        unsafe self.indices = indices
        self.image = image
        self.imageStride = imageStride
    }

    /// Draws all masks in up to `threadCount` threads, of which the calling one is one.
    func run(threadCount: Int) throws(CallError) {
        var threads: [pthread_t] = []
        for _ in unsafe 1..<max(min(threadCount, indices.count), 1) {
            guard let thread = startThread() else { break }
            threads.append(thread)
        }
        work()
        for thread in threads { pthread_join(thread, nil) }
        if let failure { throw failure }
    }

    /// Starts a thread; nil if the system has none to spare, which the others make up for.
    private func startThread() -> pthread_t? {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let argument = unsafe Unmanaged.passRetained(self)
        let status = unsafe pthread_create(&thread, nil, Self.threadBody, argument.toOpaque())
        if status != 0 {
            unsafe argument.release()
            return nil
        }
        return thread
    }

    #if canImport(Darwin)
        private static let threadBody: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
            batch in
            Unmanaged<MaskBatch>.fromOpaque(batch).takeRetainedValue().work()
            return nil
        }
    #else
        private static let threadBody: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
            batch in
            if let batch = unsafe batch { unsafe Unmanaged<MaskBatch>.fromOpaque(batch).takeRetainedValue().work() }
            return nil
        }
    #endif

    private func work() {
        do throws(CallError) {
            try object.withWorker { (worker) throws(CallError) in
                while !hasFailed.load(ordering: .relaxed) {
                    let number = begun.add(1, ordering: .relaxed).oldValue
                    guard unsafe number < indices.count else { return }
                    unsafe try worker.draw(
                        object.checked(indices[number]), into: image.advanced(by: number * imageStride))
                }
            }
        } catch {
            if !hasFailed.exchange(true, ordering: .relaxed) { failure = error }
        }
    }
}

extension MasksObject.Worker {
    /// Draws mask `index`, which must exist.
    @inline(__always)
    func draw(_ index: Int, into image: PixelBuffer) throws(CallError) {
        try converting {
            try generator.withRaster(index) { image.write($0) }
        }
    }
}
