import Archives
import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// Makes the masks of one shard after the other: files of their own into the staging folder, and what the shard adds to
/// its tar or to the JSON Lines through the appender, which writes the completion record last.
///
/// A shard without a record is made again from the start.
struct ShardWriter<Rasterizer: MaskRasterizer & ~Copyable>: ~Copyable {
    private let plan: ExportPlan
    private let staging: DatasetPaths
    private let appender: ShardAppender
    private let progress: WorkProgress
    private var generator: MaskRecordGenerator?
    private var images: ImageWriter<Rasterizer, MaskPNGEncoder>
    private var json = JSONWriter()
    private var svg: [UInt8] = []
    /// Whether the raster of the mask's generator is the image.
    private let hasImage: Bool
    private let formats: Set<DatasetFormat>
    /// A shard with more bytes than that is appended in parts, so that it takes no more memory: some 1,000 masks at
    /// 512×512.
    private static var partSize: Int { 8 << 20 }

    init(
        plan: ExportPlan, staging: DatasetPaths, appender: ShardAppender, rasterizer: consuming Rasterizer,
        progress: WorkProgress
    ) {
        self.plan = plan
        self.staging = staging
        self.appender = appender
        self.progress = progress
        let settings = plan.settings
        formats = settings.stagedFormats
        hasImage = Rasterizer.followsExactRule && settings.imageSize == settings.spec.canvas
        images = ImageWriter(
            rasterizer, MaskPNGEncoder(bitDepth: settings.bitDepth, holeColor: settings.holeColor))
    }

    mutating func make(_ number: Int) async throws(DataError) {
        do {
            guard var piece = await appender.begin(number) else { return }
            let shard = plan.shards[number]
            if generator?.split != shard.split { generator = MaskRecordGenerator(plan: plan, split: shard.split) }
            for index in shard.masks {
                try make(index, of: shard, into: &piece)
                if piece.bytes.count > Self.partSize, try await !append(&piece) { return }
            }
            if plan.settings.masksPerTar != nil, shard.isLastOfFile { TarFormat.appendEnd(to: &piece.bytes) }
            try complete(piece)
        } catch {
            appender.stop(at: number)
            throw error
        }
    }

    private func append(_ piece: inout ShardAppender.Piece) async throws(DataError) -> Bool {
        return try await appender.append(&piece)
    }

    private func complete(_ piece: consuming ShardAppender.Piece) throws(DataError) {
        try appender.complete(piece)
    }

    private mutating func make(
        _ index: Int, of shard: ExportPlan.Shard, into piece: inout ShardAppender.Piece
    ) throws(DataError) {
        guard let mask = try generator?.record(index) else { return }
        let image = hasImage ? generator?.raster : nil
        if plan.settings.masksPerTar != nil {
            try addMembers(mask, image, of: shard, to: &piece.bytes)
        } else {
            try writeFiles(mask, image, of: shard, adding: &piece.bytes)
        }
        piece.record.masks += 1
        piece.record.strokes += mask.mask.strokes.count
        piece.record.holeRatioSum += Int(((mask.holeRatio ?? 0) * 10_000).rounded())
        progress.advance()
    }

    /// Adds the mask's files to a tar.
    private mutating func addMembers(
        _ record: MaskRecord, _ image: SpanMask?, of shard: ExportPlan.Shard, to archive: inout [UInt8]
    ) throws(DataError) {
        let id = record.id ?? ""
        if formats.contains(.png) {
            let start = TarFormat.beginMember(in: &archive)
            try images.append(
                record.mask, at: plan.settings.imageSize, drawn: image,
                named: staging.tarFile(shard.split, shard.file).appending(id + ".png"), to: &archive)
            TarFormat.endMember(named: id + ".png", begunAt: start, in: &archive)
        }
        if formats.contains(.json) {
            let start = TarFormat.beginMember(in: &archive)
            appendLine(record, to: &archive)
            TarFormat.endMember(named: id + ".json", begunAt: start, in: &archive)
        }
        if formats.contains(.svg) {
            let start = TarFormat.beginMember(in: &archive)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &archive)
            TarFormat.endMember(named: id + ".svg", begunAt: start, in: &archive)
        }
    }

    /// Writes the mask's files, and adds its line to `lines`.
    private mutating func writeFiles(
        _ record: MaskRecord, _ image: SpanMask?, of shard: ExportPlan.Shard, adding lines: inout [UInt8]
    ) throws(DataError) {
        let id = record.id ?? ""
        if formats.contains(.json) { appendLine(record, to: &lines) }
        if formats.contains(.svg) {
            svg.removeAll(keepingCapacity: true)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &svg)
            try staging.svgFolder(shard.split).appending(id + ".svg").writeFileInPlace(svg)
        }
        if formats.contains(.png) {
            try images.write(
                record.mask, at: plan.settings.imageSize, drawn: image,
                to: staging.pngFolder(shard.split).appending(id + ".png"), isInPlace: true)
        }
    }

    private mutating func appendLine(_ record: MaskRecord, to bytes: inout [UInt8]) {
        json.removeAll()
        record.write(to: &json)
        json.endLine()
        bytes.append(contentsOf: json.bytes)
    }
}
