import FileAccess
import MaskFormats
import MaskModel
import SystemPackage

/// The stage of an export after all shards: verifies their records, and writes the preview and the manifest.
struct DatasetMerge {
    let plan: ExportPlan
    let staging: DatasetPaths

    func run() throws(DataError) {
        let totals = try checkRecords()
        for split in Split.allCases { try checkFiles(split) }
        try staging.preview.writeFile(contactSheet())
        try staging.manifest.writeFile(ManifestContents(settings: plan.settings, plan: plan, totals: totals).json)
    }

    /// Checks that every shard has a record, and that its file has the size in the record; returns the sums.
    private func checkRecords() throws(DataError) -> [Split: ShardCompletion] {
        let log = try ShardLog(of: plan, in: staging)
        guard log.shardCount == plan.shards.count else {
            throw DataError(
                staging.shardLog, "has records of \(log.shardCount) shards; expected \(plan.shards.count)")
        }
        return log.totals
    }

    /// Checks that the folders of a split contain a file for each mask.
    private func checkFiles(_ split: Split) throws(DataError) {
        guard plan.settings.masksPerTar == nil else { return }
        let expected = plan.settings.count(of: split)
        for (format, folder) in [(DatasetFormat.png, staging.pngFolder(split)), (.svg, staging.svgFolder(split))]
        where plan.settings.stagedFormats.contains(format) {
            let found = try folder.entryCount()
            guard found == expected else { throw DataError(folder, "contains \(found) files; expected \(expected)") }
        }
    }

    private func contactSheet() throws(DataError) -> [UInt8] {
        let split: Split = plan.settings.trainCount > 0 ? .train : .test
        var sheet = ContactSheet(canvas: plan.settings.spec.canvas, holeColor: plan.settings.holeColor)
        guard var generator = MaskRecordGenerator(plan: plan, split: split) else { return sheet.encoded() }
        for index in 0..<min(ContactSheet.capacity, plan.settings.count(of: split)) {
            let mask = try generator.record(index).mask
            try staging.preview.locating { try sheet.add(mask) }
        }
        return sheet.encoded()
    }
}
