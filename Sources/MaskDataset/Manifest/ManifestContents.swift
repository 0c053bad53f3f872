import JSONText
import MaskModel

/// The values of the members of `dataset.json`, as far as they are known.
struct ManifestContents: Sendable {
    let settings: ExportSettings
    /// The plan of the export; nil in a spec file.
    var plan: ExportPlan?
    /// Whether the file is the plan itself, which says how it is cut into shards.
    var isPlan = false
    /// The sums over the masks of each split; nil before all of them are complete.
    var totals: [Split: MaskTotals]?
    /// The number of files of the dataset, without the list of their checksums; nil before all are written.
    var fileCount: Int?

    var planOptions: PlanOptions? { isPlan ? plan?.options : nil }

    /// The file with all members whose values are known.
    var json: [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            for member in ManifestMember.all { member.write(self, &json) }
        }
        json.endLine()
        return json.bytes
    }
}
