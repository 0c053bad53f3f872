import JSONText
import MaskModel

/// The values of the members of `dataset.json`, as far as they are known.
struct ManifestContents: Sendable {
    let settings: ExportSettings
    /// The plan of the export; nil in a spec file.
    var plan: ExportPlan?
    /// The sums over the masks of each split; nil before all of them are complete.
    var totals: [Split: ShardCompletion]?

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
