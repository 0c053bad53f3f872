import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import SystemPackage

/// What a shard's completion record says: the counts that the dataset's manifest adds up.
struct ShardRecord: Hashable, Sendable {
    var masks = 0
    /// Brush strokes, pieces that the crop made counted each.
    var strokes = 0
    /// The sum of the masks' hole ratios, in 1/10,000, each rounded as its file has it.
    var holeRatioSum = 0
    /// The size of the shard's piece of JSON Lines; 0 if none was asked for.
    var vectorBytes = 0

    var meanHoleRatio: Double { Double(holeRatioSum) / 10_000 / Double(max(masks, 1)) }

    static func + (first: ShardRecord, second: ShardRecord) -> ShardRecord {
        ShardRecord(
            masks: first.masks + second.masks, strokes: first.strokes + second.strokes,
            holeRatioSum: first.holeRatioSum + second.holeRatioSum,
            vectorBytes: first.vectorBytes + second.vectorBytes)
    }

    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("masks", masks)
            json.member("strokes", strokes)
            json.member("hole_ratio_sum", holeRatioSum)
            json.member("vector_bytes", vectorBytes)
        }
        json.endLine()
        return json.bytes
    }

    init() {}

    private init(masks: Int, strokes: Int, holeRatioSum: Int, vectorBytes: Int) {
        self.masks = masks
        self.strokes = strokes
        self.holeRatioSum = holeRatioSum
        self.vectorBytes = vectorBytes
    }

    /// Reads what `json` gives; nil if it is something else.
    init?(_ bytes: [UInt8]) {
        var parser = JSONParser()
        let record: JSONValue
        do {
            record = try parser.parse(bytes)
        } catch {
            return nil
        }
        guard let masks = record["masks"]?.int,
            let strokes = record["strokes"]?.int, let holeRatioSum = record["hole_ratio_sum"]?.int,
            let vectorBytes = record["vector_bytes"]?.int
        else { return nil }
        self.init(masks: masks, strokes: strokes, holeRatioSum: holeRatioSum, vectorBytes: vectorBytes)
    }
}

/// Makes the masks of one shard after the other and writes their files into the staging folder.
///
/// A shard's completion record is written last. A shard without one is made again from the start.
struct ShardMaker<Rasterizer: MaskRasterizer & ~Copyable>: ~Copyable {
    private let plan: ExportPlan
    private let staging: DatasetLayout
    private let progress: WorkProgress
    private var makers: [Split: MaskMaker] = [:]
    private var pictures: PictureWriter<Rasterizer>
    private var lines = JSONWriter()
    private var svg: [UInt8] = []

    init(plan: ExportPlan, staging: DatasetLayout, rasterizer: consuming Rasterizer, progress: WorkProgress) {
        self.plan = plan
        self.staging = staging
        self.progress = progress
        pictures = PictureWriter(
            rasterizer, bitDepth: plan.settings.bitDepth, holeColor: plan.settings.holeColor)
        for split in Split.allCases { makers[split] = MaskMaker(plan: plan, split: split) }
    }

    mutating func make(_ shard: ExportPlan.Shard) throws(DatasetError) {
        var record = ShardRecord()
        lines.removeAll()
        for index in shard.masks {
            guard let mask = try makers[shard.split]?.record(index) else { continue }
            try write(mask, shard.split)
            record.masks += 1
            record.strokes += mask.mask.strokes.count
            record.holeRatioSum += Int(((mask.holeRatio ?? 0) * 10_000).rounded())
            progress.advance()
        }
        record.vectorBytes = lines.bytes.count
        do {
            if plan.settings.formats.contains(.json) {
                try staging.vectorPiece(shard).writeFileInPlace(lines.bytes)
            }
            try staging.record(of: shard).writeFile(record.json)
        } catch {
            throw .file(error)
        }
    }

    private mutating func write(_ record: MaskRecord, _ split: Split) throws(DatasetError) {
        let id = record.id ?? ""
        if plan.settings.formats.contains(.json) {
            record.write(to: &lines)
            lines.endLine()
        }
        if plan.settings.formats.contains(.svg) {
            svg.removeAll(keepingCapacity: true)
            record.appendSVG(holeColor: plan.settings.holeColor, to: &svg)
            do {
                try staging.svgFolder(split).appending(id + ".svg").writeFileInPlace(svg)
            } catch {
                throw .file(error)
            }
        }
        if plan.settings.formats.contains(.png) {
            try pictures.write(
                record.mask, at: plan.settings.pictureSize, to: staging.pngFolder(split).appending(id + ".png"),
                isInPlace: true)
        }
    }
}

extension DatasetLayout {
    /// The shard's lines of the split's JSON Lines file.
    func vectorPiece(_ shard: ExportPlan.Shard) -> FilePath { shards.appending(shard.name + ".jsonl") }
    /// The shard's completion record.
    func record(of shard: ExportPlan.Shard) -> FilePath { shards.appending(shard.name + ".json") }
}
