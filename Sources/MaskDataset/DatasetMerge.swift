import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// The end of an export: checks every shard's record, joins the pieces, writes preview and manifest.
struct DatasetMerge {
    let plan: ExportPlan
    let staging: DatasetLayout

    func run() throws(DatasetError) {
        var totals: [Split: ShardRecord] = [:]
        do throws(FileError) {
            for split in Split.allCases {
                try checkFiles(split)
                totals[split] = try join(split)
            }
        } catch {
            throw .file(error)
        }
        let preview = try contactSheet()
        do {
            try staging.preview.writeFile(preview)
            try staging.manifest.writeFile(manifest(totals))
            try staging.completeMark.writeFile([])
        } catch {
            throw .file(error)
        }
    }

    /// Checks that the split's folders hold a file for each mask.
    private func checkFiles(_ split: Split) throws(FileError) {
        let wanted = plan.settings.count(of: split)
        for (format, folder) in [(DatasetFormat.png, staging.pngFolder(split)), (.svg, staging.svgFolder(split))]
        where plan.settings.formats.contains(format) {
            let found = try folder.entryNames().count
            guard found == wanted else { throw FileError(folder, "holds \(found) files; wanted \(wanted)") }
        }
    }

    /// Joins the split's pieces of JSON Lines, and adds its records up.
    private func join(_ split: Split) throws(FileError) -> ShardRecord {
        var total = ShardRecord()
        let hasVectors = plan.settings.formats.contains(.json)
        let shards = plan.shards.filter { $0.split == split }
        for shard in shards {
            guard let record = ShardRecord(try staging.record(of: shard).readFile()) else {
                throw FileError(staging.record(of: shard), "is damaged; wanted a completion record")
            }
            total = total + record
        }
        if hasVectors {
            let file = try OutputFile(staging.vectorFile(split))
            for shard in shards { try file.append(contentsOf: staging.vectorPiece(shard)) }
            try file.commit()
        }
        return total
    }

    private func contactSheet() throws(DatasetError) -> [UInt8] {
        let split: Split = plan.settings.trainCount > 0 ? .train : .test
        var sheet = ContactSheet(canvas: plan.settings.spec.canvas, holeColor: plan.settings.holeColor)
        guard var maker = MaskMaker(plan: plan, split: split) else { return sheet.encoded() }
        for index in 0..<min(ContactSheet.capacity, plan.settings.count(of: split)) {
            let mask = try maker.record(index).mask
            do {
                try sheet.add(mask)
            } catch {
                throw .rasterizer("\(staging.preview): \(error)")
            }
        }
        return sheet.encoded()
    }

    private func manifest(_ totals: [Split: ShardRecord]) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.member("format", DatasetManifest.format)
            plan.write(to: &json)
            json.name("splits")
            json.object { json in
                for split in Split.allCases {
                    let total = totals[split] ?? ShardRecord()
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
