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
struct ShardMaker<Rasterizer: MaskRasterizer & ~Copyable>: ~Copyable {
    private let plan: ExportPlan
    private let staging: DatasetLayout
    private let appender: ShardAppender
    private let progress: WorkProgress
    private var maker: MaskMaker?
    private var pictures: PictureWriter<Rasterizer, MaskPNGEncoder>
    private var json = JSONWriter()
    private var svg: [UInt8] = []
    /// Whether the raster of the mask's maker is the picture.
    private let hasPicture: Bool
    private let formats: Set<DatasetFormat>
    /// A shard with more bytes than that is appended in parts, so that it takes no more memory: some 1,000 masks at
    /// 512×512.
    private static var partSize: Int { 8 << 20 }

    init(
        plan: ExportPlan, staging: DatasetLayout, appender: ShardAppender, rasterizer: consuming Rasterizer,
        progress: WorkProgress
    ) {
        self.plan = plan
        self.staging = staging
        self.appender = appender
        self.progress = progress
        let settings = plan.settings
        formats = settings.stagedFormats
        hasPicture =
            Rasterizer.followsExactRule && settings.pictureSize == settings.spec.canvas
            && settings.pictureSize.area <= PictureBands.maximumArea
        pictures = PictureWriter(
            rasterizer, MaskPNGEncoder(bitDepth: settings.bitDepth, holeColor: settings.holeColor))
    }

    mutating func make(_ number: Int) async throws(DatasetError) {
        do {
            guard var piece = await appender.begin(number) else { return }
            let shard = plan.shards[number]
            if maker?.split != shard.split { maker = MaskMaker(plan: plan, split: shard.split) }
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

    private func append(_ piece: inout ShardAppender.Piece) async throws(DatasetError) -> Bool {
        do {
            return try await appender.append(&piece)
        } catch {
            throw .file(error)
        }
    }

    private func complete(_ piece: consuming ShardAppender.Piece) throws(DatasetError) {
        do {
            try appender.complete(piece)
        } catch {
            throw .file(error)
        }
    }

    private mutating func make(
        _ index: Int, of shard: ExportPlan.Shard, into piece: inout ShardAppender.Piece
    ) throws(DatasetError) {
        guard let mask = try maker?.record(index) else { return }
        let picture = hasPicture ? maker?.raster : nil
        if plan.settings.masksPerTar != nil {
            try addMembers(mask, picture, of: shard, to: &piece.bytes)
        } else {
            try writeFiles(mask, picture, of: shard, adding: &piece.bytes)
        }
        piece.record.masks += 1
        piece.record.strokes += mask.mask.strokes.count
        piece.record.holeRatioSum += Int(((mask.holeRatio ?? 0) * 10_000).rounded())
        progress.advance()
    }

    /// Adds the mask's files to a tar.
    private mutating func addMembers(
        _ record: MaskRecord, _ picture: Raster?, of shard: ExportPlan.Shard, to archive: inout [UInt8]
    ) throws(DatasetError) {
        let id = record.id ?? ""
        if formats.contains(.png) {
            let start = TarFormat.beginMember(in: &archive)
            try pictures.append(
                record.mask, at: plan.settings.pictureSize, drawn: picture,
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
        _ record: MaskRecord, _ picture: Raster?, of shard: ExportPlan.Shard, adding lines: inout [UInt8]
    ) throws(DatasetError) {
        let id = record.id ?? ""
        if formats.contains(.json) { appendLine(record, to: &lines) }
        if formats.contains(.svg) {
            svg.removeAll(keepingCapacity: true)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &svg)
            do {
                try staging.svgFolder(shard.split).appending(id + ".svg").writeFileInPlace(svg)
            } catch {
                throw .file(error)
            }
        }
        if formats.contains(.png) {
            try pictures.write(
                record.mask, at: plan.settings.pictureSize, drawn: picture,
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
