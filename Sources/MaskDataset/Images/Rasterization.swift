public import FileAccess
import MaskFormats
public import MaskModel
public import MaskRaster
public import PNGCodec
public import SystemPackage

/// Rasterizes vector masks as PNGs: one file per mask, in the folders that the names of the masks contain.
public struct Rasterization: Sendable {
    /// The size of the images.
    public enum Size: Hashable, Sendable {
        /// One px of the image per px of the canvas.
        case canvas
        /// The same size for all masks; a canvas with a different aspect ratio is an error.
        case fixed(PixelSize)
        /// The sides of the canvas times a factor above 0, rounded; a side out of the range of `PixelSize` is an error.
        case scaled(by: Double)
    }

    /// The masks to rasterize; each must be a vector.
    public let masks: MaskCollection
    /// A folder, or for a single mask also a file with the extension `.png`, a pipe, or a device.
    public let output: FilePath
    /// The size of the images; by default that of the canvas.
    public var size = Size.canvas
    /// The width that all strokes gain on each side, in px of the canvas, at least 0: see `VectorMask.dilated`.
    public var dilation = 0.0
    /// The color of holes.
    public var holeColor = HoleColor.white
    /// The bits per pixel of images in black and white.
    public var bitDepth = MaskPNGEncoder.BitDepth.eight
    /// Whether existing images of the same names are replaced; otherwise they are an error.
    public var replaces = false
    /// The number of tasks, at least 1.
    public var jobs = 1

    /// Images of `masks` in the folder or file `output`; `run` writes them.
    public init(of masks: MaskCollection, to output: FilePath) {
        self.masks = masks
        self.output = output
    }

    /// Rasterizes all masks in black and white. Each file is complete or absent.
    ///
    /// - Parameters:
    ///   - makeRasterizer: creates a rasterizer for each task.
    ///   - progress: counts the masks.
    /// - Throws: `DataError` if `output` is a dataset or an input, an image exists that may not be replaced, or a mask
    ///   cannot be read, rasterized, or written.
    public func run<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, progress: WorkProgress
    ) async throws(DataError) {
        try await run(progress) { [bitDepth, holeColor] in
            ImageWriter(makeRasterizer(), MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor))
        }
    }

    /// Rasterizes all masks with soft edges at 8 bits per pixel; otherwise as the images in black and white.
    ///
    /// - Throws: `DataError` if `output` is a dataset or an input, an image exists that may not be replaced, or a mask
    ///   cannot be read, rasterized, or written.
    public func run(_ edge: SoftEdge, progress: WorkProgress) async throws(DataError) {
        switch edge {
        case .coverage:
            try await run(progress) { [holeColor] in
                ImageWriter(AntialiasingRasterizer(), GrayPNGEncoder(filter: .none, holeColor: holeColor))
            }
        case .feather(let feather):
            // The distance is in px of the canvas.
            try await run(progress, isFeathered: true) { [holeColor] in
                ImageWriter(FeatherRasterizer(feather), GrayPNGEncoder(filter: .up, holeColor: holeColor))
            }
        }
    }

    private func run<
        Rasterizer: ImageRasterizer & SendableMetatype & ~Copyable,
        Encoder: PNGEncoder & SendableMetatype & ~Copyable
    >(
        _ progress: WorkProgress, isFeathered: Bool = false,
        makeWriter: @escaping @Sendable () -> ImageWriter<Rasterizer, Encoder>
    ) async throws(DataError) {
        let targets = try targets()
        progress.begin(total: masks.items.count)
        try await forEachConcurrently(
            masks.items.count, jobs: jobs,
            makeWorker: { RasterizationWorker(loader: MaskLoader(), images: makeWriter()) },
            { (worker, number) throws(DataError) in
                let item = masks.items[number]
                let record = try worker.loader.vector(item)
                let size = try imageSize(of: record.mask, item)
                let mask = isFeathered ? record.mask : record.mask(for: size)
                let detail = Double(mask.canvas.width / record.mask.canvas.width)
                try worker.images.write(
                    try dilated(mask, by: dilation * detail, item), at: size, to: targets[number], isInPlace: false)
                progress.advance()
            })
    }

    private func dilated(
        _ mask: VectorMask, by distance: Double, _ item: MaskLocation
    ) throws(DataError) -> VectorMask {
        guard distance > 0 else { return mask }
        do {
            return try mask.dilated(by: distance)
        } catch {
            throw .mask(path: item.path, line: nil, problem: "dilated by \(dilation) px, it has \(error)")
        }
    }

    /// The files to write, one for each mask, in folders that exist; none is an input, a part of a dataset, or an
    /// existing file that may not be replaced.
    private func targets() throws(DataError) -> [FilePath] {
        let check = try OverwriteCheck(of: [masks])
        let isFile = try isFile()
        let targets = isFile ? [output] : masks.items.map { output.pushing(FilePath($0.name + ".png")) }
        if isFile {
            try check.check(output, replaces: replaces)
            output.removeAbandonedOutput()
        } else {
            try check.checkFolder(output)
            for target in targets { try check.checkFile(target, replaces: replaces) }
        }
        for folder in Set(targets.map { $0.removingLastComponent() }) where !folder.isEmpty {
            if !isFile { try check.checkFolder(folder) }
            try folder.makeFolders()
            if !isFile { try folder.removeAbandonedFiles(of: nil) }
        }
        return targets
    }

    /// Whether the output is a file, not a folder.
    private func isFile() throws(DataError) -> Bool {
        let exists = try output.kind().map { $0 != .folder } ?? false
        if masks.isSingle { return exists || output.ending == "png" }
        if exists {
            throw DataError(output, "is not a folder; expected one for the images of \(masks.items.count) masks")
        }
        return false
    }

    private func imageSize(of mask: VectorMask, _ item: MaskLocation) throws(DataError) -> PixelSize {
        switch size {
        case .canvas: return mask.canvas
        case .fixed(let size):
            guard size.hasAspectRatio(of: mask.canvas) else {
                throw .mask(
                    path: item.path, line: nil,
                    problem: "a canvas of \(mask.canvas) px; expected its aspect ratio, not \(size) px")
            }
            return size
        case .scaled(let factor):
            guard let size = mask.canvas.scaled(by: factor) else {
                throw .mask(
                    path: item.path, line: nil,
                    problem:
                        "a canvas of \(mask.canvas) px; expected sides of 1 to \(PixelSize.maximumSide) px after scaling"
                )
            }
            return size
        }
    }
}

/// The memory that a task reuses from mask to mask.
private struct RasterizationWorker<Rasterizer: ImageRasterizer & ~Copyable, Encoder: PNGEncoder & ~Copyable>:
    ~Copyable
where Encoder.Image == Rasterizer.Image {
    var loader: MaskLoader
    var images: ImageWriter<Rasterizer, Encoder>
}
