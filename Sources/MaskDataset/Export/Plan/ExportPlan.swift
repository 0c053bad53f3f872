import FileAccess
import JSONText
import MaskModel
import SystemPackage

/// Everything that determines the bytes of a dataset, and the list of its shards.
struct ExportPlan: Hashable, Sendable {
    let settings: ExportSettings
    /// The recipes of `settings.variants`, one of which applies to each mask.
    let specs: [MaskSpec]
    let split: CategorySplit
    let pools: [Split: AnyStrokeSource]
    /// What the manifest says about the drawings.
    let source: SourceDescription
    var options: PlanOptions

    /// - Throws: `DataError` if a split with masks has no categories, or a variant of the spec has a value out of range.
    init(
        settings: ExportSettings, pool: AnyStrokeSource, source: SourceDescription, options: PlanOptions
    ) throws(DataError) {
        self.settings = settings
        self.source = source
        self.options = options
        do {
            specs = try settings.specs()
        } catch {
            throw DataError(at: "", "\(error)")
        }
        split = CategorySplit(words: pool.words, seed: settings.seed)
        pools = [.train: pool.restricted(to: split.train), .test: pool.restricted(to: split.test)]
        for half in Split.allCases where settings.count(of: half) > 0 && split[half].isEmpty {
            throw .noCategories(split: half, found: pool.words)
        }
    }

    /// All shards.
    var shards: ShardList { ShardList(settings, options) }

    /// The file of the plan.
    var json: [UInt8] { ManifestContents(settings: settings, plan: self, isPlan: true).json }

    /// Checks that a file, the plan of an unfinished export or a `dataset.json`, describes this plan.
    ///
    /// - Throws: `DataError` that names the first member that differs.
    func check(against stored: [UInt8], at path: FilePath) throws(DataError) {
        let current = ManifestContents(settings: settings, plan: self).json
        let difference = try path.locating {
            var parser = JSONParser()
            var storedParser = JSONParser()
            return try parser.parse(current).firstDifference(
                from: storedParser.parse(stored), optional: ManifestMember.all.filter(\.isOptional).map(\.name))
        }
        guard let (member, stored, current) = difference else { return }
        throw DataError(
            path,
            "this export uses \(stored.map { "\(member) \($0)" } ?? "no \(member)"), this command uses \(current ?? "none"); "
                + "expected the same settings, or another output folder")
    }
}
