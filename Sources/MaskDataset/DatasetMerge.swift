import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// The end of an export: checks every shard's record, writes preview and manifest.
struct DatasetMerge {
    let plan: ExportPlan
    let staging: DatasetPaths

    func run() throws(DataError) {
        let totals: [Split: ShardCompletion]
        totals = try checkRecords()
        for split in Split.allCases { try checkFiles(split) }
        let preview = try contactSheet()
        try staging.preview.writeFile(preview)
        try staging.manifest.writeFile(manifest(totals))
    }

    /// Checks that every shard has its record, and its file what the record says; gives the sums.
    private func checkRecords() throws(DataError) -> [Split: ShardCompletion] {
        let log = try ShardLog(of: plan, in: staging)
        guard log.shardCount == plan.shards.count else {
            throw DataError(
                staging.shardLog, "has records of \(log.shardCount) parts; expected \(plan.shards.count)")
        }
        return log.totals
    }

    /// Checks that the split's folders hold a file for each mask.
    private func checkFiles(_ split: Split) throws(DataError) {
        guard plan.settings.masksPerTar == nil else { return }
        let expected = plan.settings.count(of: split)
        for (format, folder) in [(DatasetFormat.png, staging.pngFolder(split)), (.svg, staging.svgFolder(split))]
        where plan.settings.stagedFormats.contains(format) {
            let found = try folder.entryCount()
            guard found == expected else { throw DataError(folder, "holds \(found) files; expected \(expected)") }
        }
    }

    private func contactSheet() throws(DataError) -> [UInt8] {
        let split: Split = plan.settings.trainCount > 0 ? .train : .test
        var sheet = ContactSheet(canvas: plan.settings.spec.canvas, holeColor: plan.settings.holeColor)
        guard var generator = MaskRecordGenerator(plan: plan, split: split) else { return sheet.encoded() }
        for index in 0..<min(ContactSheet.capacity, plan.settings.count(of: split)) {
            let mask = try generator.record(index).mask
            do {
                try sheet.add(mask)
            } catch {
                throw .rasterizer("\(staging.preview): \(error)")
            }
        }
        return sheet.encoded()
    }

    private func manifest(_ totals: [Split: ShardCompletion]) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.member("format", DatasetManifest.format)
            plan.write(to: &json)
            json.name("splits")
            json.object { json in
                for split in Split.allCases {
                    let total = totals[split] ?? ShardCompletion()
                    json.name(split.rawValue)
                    json.object { json in
                        json.member("masks", total.masks)
                        json.member("strokes", total.strokes)
                        json.member("mean_hole_ratio", total.meanHoleRatio, decimals: 6)
                        json.name("categories")
                        json.array { json in
                            for word in plan.split[split] { json.value(word) }
                        }
                    }
                }
            }
            json.member("attribution", DatasetManifest.attribution)
        }
        json.endLine()
        return json.bytes
    }
}
