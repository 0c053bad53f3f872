package import FileAccess
package import MaskModel
package import MaskRaster
import SystemPackage

extension Vectorization {
    /// Calls `body` for some masks with their place in the list, the image, and the traced mask, which is read again.
    ///
    /// - Throws: `DataError` if a file has changed, or what `body` throws.
    package func forEachMask(
        _ indices: [Int], _ body: @escaping @Sendable (Int, Bitmap, VectorMask) throws(DataError) -> Void
    ) async throws(DataError) {
        let folder = isFile ? nil : VectorizationFolder(of: self)
        try await forEachConcurrently(
            indices.count, jobs: jobs,
            makeWorker: { [reader, options] in VectorizationWorker(reader: reader, options: options) },
            { (worker, place) throws(DataError) in
                let item = masks.items[indices[place]]
                let file = folder?.svgFile(of: item) ?? output
                let traced = try MaskCollection(at: file, contents: .vectors).items[0]
                try body(place, try worker.bitmap(of: item), try worker.vector(of: traced))
            })
    }
}
