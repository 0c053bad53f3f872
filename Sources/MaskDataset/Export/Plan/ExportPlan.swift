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
    /// The strokes of both splits.
    let source: AnyStrokeSource

    /// - Throws: `DataError` if a split with masks has no categories, or a variant of the spec has a value out of range.
    init(settings: ExportSettings, source: AnyStrokeSource) throws(DataError) {
        self.settings = settings
        self.source = source
        do {
            specs = try settings.specs()
        } catch {
            throw DataError(at: "", "\(error)")
        }
        split = CategorySplit(words: source.words, seed: settings.seed)
        pools = [.train: source.restricted(to: split.train), .test: source.restricted(to: split.test)]
        for half in Split.allCases where settings.count(of: half) > 0 && split[half].isEmpty {
            throw .noCategories(split: half, found: source.words)
        }
    }

    /// A contiguous range of masks of one split that are generated together, and are in the same file if they share one.
    struct Shard: Hashable, Sendable {
        let split: Split
        /// The number of the tar file in the split; 0 without tar files.
        let file: Int
        let masks: Range<Int>
        /// Whether these are the first masks of their file.
        let isFirstOfFile: Bool
        /// Whether these are the last masks of their file.
        let isLastOfFile: Bool
    }

    /// All shards, train before test; computed on demand, because there can be many.
    var shards: LazyMapCollection<Range<Int>, Shard> {
        let (train, test) = (ShardSequence(settings, of: .train), ShardSequence(settings, of: .test))
        return (0..<train.count + test.count).lazy.map { $0 < train.count ? train[$0] : test[$0 - train.count] }
    }

    /// The file of the plan in the folder of an unfinished export.
    var json: [UInt8] { ManifestContents(settings: settings, plan: self).json }

    /// Checks that a file, the plan of an unfinished export or a `dataset.json`, describes this plan.
    ///
    /// - Throws: `DataError` that names the first member that differs.
    func check(against stored: [UInt8], at path: FilePath) throws(DataError) {
        let difference = try path.locating {
            var parser = JSONParser()
            var storedParser = JSONParser()
            return try parser.parse(json).firstDifference(
                from: storedParser.parse(stored), optional: ManifestMember.all.filter(\.isOptional).map(\.name))
        }
        guard let (member, stored, current) = difference else { return }
        throw DataError(
            path,
            "this export uses \(stored.map { "\(member) \($0)" } ?? "no \(member)"), this command uses \(current ?? "none"); "
                + "expected the same settings, or another output folder")
    }
}

extension JSONValue {
    /// A member with different values; nil where it does not exist.
    fileprivate typealias Difference = (member: String, stored: String?, current: String?)

    /// The first member of this object, or of an object in it, whose value in `other` is different or missing; otherwise
    /// one of an object in it, or one of those named `optional`, that only `other` has.
    fileprivate func firstDifference(from other: JSONValue, optional: [StaticString] = []) -> Difference? {
        for member in members {
            let name = member.name.text
            guard let found = other.member(named: name) else { return (name, nil, member.value.compactText) }
            if member.value.kind == .object {
                if let difference = member.value.firstDifference(from: found) { return difference }
                // The members of a plan are also in a manifest, which has more; their objects must have the same members.
                if let extra = found.members.first(where: { member.value.member(named: $0.name.text) == nil }) {
                    return (extra.name.text, extra.value.compactText, nil)
                }
            } else if member.value.compactText != found.compactText {
                return (name, found.compactText, member.value.compactText)
            }
        }
        for name in optional where self[name] == nil {
            if let found = other[name] { return ("\(name)", found.compactText, nil) }
        }
        return nil
    }

    private func member(named name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}
