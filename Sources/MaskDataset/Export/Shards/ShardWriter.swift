import Archives
import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// Generates the masks of one shard after the other, and writes their files into the folder of a run.
struct ShardWriter<Rasterizer: BinaryRasterizer & ~Copyable>: ~Copyable {
    private let plan: ExportPlan
    private let planID: String
    private let run: ShardRunFolder
    private let progress: WorkProgress
    private var generator: MaskRecordGenerator?
    private var images: ImageWriter<Rasterizer, MaskPNGEncoder>
    private var json = JSONWriter()
    /// The bytes that go to the end of the shard's file.
    private var buffer: [UInt8] = []
    private var file: [UInt8] = []
    /// Whether the raster of the mask's generator is the image.
    private let hasImage: Bool
    private let formats: Set<DatasetFormat>
    private let tars: ShardTars?
    /// Small enough for the processor's cache, and large enough for few calls.
    private static var bufferSize: Int { 1 << 18 }

    init(
        plan: ExportPlan, planID: String, run: ShardRunFolder, rasterizer: consuming Rasterizer, progress: WorkProgress
    ) {
        self.plan = plan
        self.planID = planID
        self.run = run
        self.progress = progress
        let settings = plan.settings
        formats = settings.stagedFormats
        hasImage =
            formats.contains(.png) && Rasterizer.followsExactRule && settings.imageSize == settings.spec.canvas
        tars = settings.shardTars
        images = ImageWriter(
            rasterizer,
            MaskPNGEncoder(
                bitDepth: settings.bitDepth, holeColor: tars?.holeColor ?? settings.holeColor,
                channels: settings.channels))
    }

    /// Writes the files of a shard, and returns its completion record, which the caller has to write.
    mutating func write(_ shard: ShardList.Shard) throws(DataError) -> ShardCompletion {
        if generator?.split != shard.split {
            generator = MaskRecordGenerator(plan: plan, split: shard.split, keepsRaster: hasImage)
        }
        var completion = ShardCompletion(plan: planID, shard: shard.number, run: run.name)
        if let tars {
            for start in stride(from: shard.masks.lowerBound, to: shard.masks.upperBound, by: tars.masksPerTar) {
                let masks = start..<start + min(tars.masksPerTar, shard.masks.upperBound - start)
                let name = tars.name(start / tars.masksPerTar, shard.split)
                try writeFile("\(tars.folder)/\(name)", of: masks, into: &completion) {
                    (writer, mask, image, path) throws(DataError) in
                    try writer.addMembers(mask, image, of: path)
                } end: {
                    TarFormat.appendEnd(to: &$0)
                }
            }
        } else if formats.contains(.json) {
            var files: [ShardCompletion.File] = []
            try writeFile(ShardRunFolder.linesPath(shard.number), of: shard.masks, into: &completion) {
                (writer, mask, image, _) throws(DataError) in
                writer.appendLine(mask)
                try writer.writeFiles(mask, image, of: shard.split, adding: &files)
            } end: { _ in
            }
            completion.files += files
        } else {
            for index in shard.masks {
                let mask = try generate(index, &completion.totals)
                try writeFiles(mask, generatedImage, of: shard.split, adding: &completion.files)
            }
        }
        return completion
    }

    /// The raster of the mask that was generated last, if it is the image.
    private var generatedImage: SpanMask? {
        mutating get { hasImage ? generator?.raster : nil }
    }

    /// The size of a mask's image.
    private func size(of record: MaskRecord) -> PixelSize {
        plan.settings.imageSize(ofMask: record.index ?? 0, record.split ?? .train)
    }

    private mutating func generate(_ index: Int, _ totals: inout MaskTotals) throws(DataError) -> MaskRecord {
        guard let record = try generator?.record(index) else {
            throw DataError(at: DatasetPaths.id(index, generator?.split ?? .train), "has no categories")
        }
        totals.masks += 1
        totals.strokes += record.mask.strokes.count
        totals.holeRatioSum += Int(((record.holeRatio ?? 0) * 10_000).rounded())
        progress.advance()
        return record
    }

    /// Writes one file that `add` appends to for each mask, through `buffer`.
    private mutating func writeFile(
        _ name: String, of masks: Range<Int>, into completion: inout ShardCompletion,
        _ add: (inout ShardWriter, MaskRecord, SpanMask?, FilePath) throws(DataError) -> Void,
        end: (inout [UInt8]) -> Void
    ) throws(DataError) {
        let path = run.paths.root.pushing(FilePath(name))
        var output = try SequentialFile(path)
        buffer.removeAll(keepingCapacity: true)
        for index in masks {
            let mask = try generate(index, &completion.totals)
            try add(&self, mask, generatedImage, path)
            if buffer.count > Self.bufferSize { try empty(into: &output) }
        }
        end(&buffer)
        try empty(into: &output)
        try output.close()
        completion.files.append(ShardCompletion.File(path: name, size: output.size, digest: output.digest))
    }

    private mutating func empty(into output: inout SequentialFile) throws(DataError) {
        try output.append(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Adds the mask's files to the tar at `path`.
    private mutating func addMembers(_ record: MaskRecord, _ image: SpanMask?, of path: FilePath) throws(DataError) {
        let id = record.id ?? ""
        if formats.contains(.png) {
            let start = TarFormat.beginMember(in: &buffer)
            try images.append(
                record.mask, at: size(of: record), drawn: image, named: path.appending(id + ".png"), to: &buffer)
            TarFormat.endMember(named: id + ".png", begunAt: start, in: &buffer)
        }
        if formats.contains(.json) {
            let start = TarFormat.beginMember(in: &buffer)
            appendLine(record)
            TarFormat.endMember(named: id + ".json", begunAt: start, in: &buffer)
        }
        if formats.contains(.svg) {
            let start = TarFormat.beginMember(in: &buffer)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &buffer)
            TarFormat.endMember(named: id + ".svg", begunAt: start, in: &buffer)
        }
    }

    /// Writes the mask's own files.
    private mutating func writeFiles(
        _ record: MaskRecord, _ image: SpanMask?, of split: Split, adding files: inout [ShardCompletion.File]
    ) throws(DataError) {
        let id = record.id ?? ""
        if formats.contains(.svg) {
            file.removeAll(keepingCapacity: true)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &file)
            files.append(try writeFile("svg/\(split.rawValue)/\(id).svg"))
        }
        if formats.contains(.png) {
            file.removeAll(keepingCapacity: true)
            let name = "\(split.rawValue)/\(id).png"
            try images.append(
                record.mask, at: size(of: record), drawn: image,
                named: run.paths.root.pushing(FilePath(name)), to: &file)
            files.append(try writeFile(name))
        }
    }

    /// Writes `file` as a file of its own.
    private func writeFile(_ name: String) throws(DataError) -> ShardCompletion.File {
        let (size, digest) = try run.paths.root.pushing(FilePath(name)).writeNewFile(file)
        return ShardCompletion.File(path: name, size: size, digest: digest)
    }

    private mutating func appendLine(_ record: MaskRecord) {
        json.removeAll()
        record.write(to: &json)
        json.endLine()
        buffer.append(contentsOf: json.bytes)
    }
}
