#if canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

extension Array where Element: BitwiseCopyable {
    /// Reserves memory for elements, of which the system is asked to make large pages: millions of small ones take longer
    /// than what is stored in them.
    ///
    /// Memory that is never written costs nothing.
    mutating func reserveCapacityInLargePages(_ count: Int) {
        reserveCapacity(count)
        #if os(Linux)
            let pageSize = 2 << 20
            let length = capacity * MemoryLayout<Element>.stride
            unsafe withUnsafeMutableBytes { bytes in
                guard let start = bytes.baseAddress else { return }
                let first = unsafe start.alignedUp(toMultipleOf: pageSize)
                let usable = unsafe (start + length - first) & ~(pageSize - 1)
                // Only a hint: a system without large pages refuses it.
                if usable > 0 { _ = unsafe madvise(first, usable, MADV_HUGEPAGE) }
            }
        #endif
    }
}
