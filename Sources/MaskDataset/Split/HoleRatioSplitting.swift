public import FileAccess
import MaskModel
import MaskRaster
public import PNGCodec
public import SystemPackage

/// Puts masks into a folder for each bucket of hole ratios, `mask0-10` and so on: files as hard links or copies, masks in
/// archives and JSON Lines as files of their own, those of NumPy's arrays and COCO's annotations as PNGs.
///
/// The folder is complete or absent; the masks themselves do not change.
public struct HoleRatioSplitting: Sendable {
    /// The masks.
    public let masks: MaskCollection
    /// The folder of the buckets, which is new or empty.
    public let output: FilePath
    /// The buckets.
    public var buckets = HoleRatioBuckets.tenths
    /// Reads the images; by default with the color of holes in a manifest, or white.
    public var reader: PNGReader
    /// The number of tasks, at least 1.
    public var jobs = 1

    /// How many masks are where.
    public struct Summary: Hashable, Sendable {
        /// The name of each bucket, and the number of its masks.
        public let counts: [(name: String, count: Int)]
        /// The number of masks in no bucket.
        public let outside: Int

        /// Whether two summaries have the same counts.
        public static func == (first: Summary, second: Summary) -> Bool {
            first.outside == second.outside && first.counts.map(\.name) == second.counts.map(\.name)
                && first.counts.map(\.count) == second.counts.map(\.count)
        }

        /// Hashes the counts.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(outside)
            hasher.combine(counts.map(\.count))
        }
    }

    /// Splits `masks` into folders in `output`; `run` writes them.
    public init(of masks: MaskCollection, to output: FilePath) {
        self.masks = masks
        self.output = output
        reader = PNGReader(holeColor: masks.holeColor ?? .white)
    }

    /// Reads all masks, and then writes all files.
    ///
    /// - Parameter progress: Counts the masks.
    /// - Throws: `DataError` if the output is not empty or part of a dataset, two masks would be one file, or a mask
    ///   cannot be read or written.
    public func run(progress: WorkProgress) async throws(DataError) -> Summary {
        try check()
        let table = try await MaskInspection(of: masks, reader: reader, jobs: jobs, progress: progress).table
        let names = try fileNames()
        let places = table.rows.map { buckets.index(holeCount: $0.holeCount, area: $0.size.area) }
        let parent = output.removingLastComponent()
        let name = output.lastComponent?.string ?? "split"
        if !parent.isEmpty { try parent.makeFolders() }
        let folder = parent.appending(".\(name).\(UniqueName.make())")
        do throws(DataError) {
            try folder.makeFolders()
            for bucket in Set(places.compactMap { $0 }) {
                try folder.appending(buckets.name(bucket)).makeFolders()
            }
            for (index, item) in masks.items.enumerated() {
                guard let bucket = places[index] else { continue }
                let target = folder.appending(buckets.name(bucket)).appending(names[index])
                if item.isWholeFile, try item.source.container.kind() == .file {
                    try item.source.container.resolved().linkOrCopy(to: target)
                } else {
                    try target.writeFileInPlace(try bytes(of: item))
                }
            }
            if try output.kind() == .folder { output.removeIfEmpty() }
            try folder.rename(to: output)
        } catch {
            try folder.removeTree()
            throw error
        }
        let counts = buckets.names.enumerated().map { index, name in (name, places.count { $0 == index }) }
        return Summary(counts: counts, outside: places.count { $0 == nil })
    }

    private func check() throws(DataError) {
        let check = try OverwriteCheck(of: [masks])
        try check.checkFolder(output)
        try check.checkIsOutsideInputs(output)
        switch try output.kind() {
        case nil: break
        case .folder:
            guard try output.entryCount() == 0 else {
                throw DataError(output, "is not empty; expected a new or empty folder")
            }
        default: throw DataError(output, "is not a folder; expected a new or empty folder")
        }
    }

    /// The bytes of a file that contains only this mask.
    private func bytes(of item: MaskLocation) throws(DataError) -> [UInt8] {
        guard item.embedded != nil else { return try item.source.bytes(limit: 1 << 32) }
        var loader = MaskLoader(reader: reader)
        guard case .image(let bitmap) = try loader.load(item) else { return [] }
        return MaskPNGEncoder.encode(SpanMask(bitmap), holeColor: reader.holeColor)
    }

    /// The names of the files: the last parts of the masks' names, or all parts if some of these are equal.
    private func fileNames() throws(DataError) -> [String] {
        let last = masks.items.map { "\($0.lastName).\($0.fileExtension)" }
        if Set(last).count == last.count { return last }
        let whole = masks.items.map {
            $0.name.split(separator: "/").joined(separator: "_") + ".\($0.fileExtension)"
        }
        var seen: Set<String> = []
        for (index, name) in whole.enumerated() where !seen.insert(name).inserted {
            throw DataError(masks.items[index].path, "would be a second file \(name); expected unique names of masks")
        }
        return whole
    }
}

extension MaskLocation {
    /// The extension of a file that contains only this mask: a part of an array, or of COCO's annotations, becomes a PNG.
    fileprivate var fileExtension: String {
        if embedded != nil { return "png" }
        return line == nil ? path.extension ?? "json" : "json"
    }
}
