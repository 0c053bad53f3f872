import FileAccess
import JSONText
import MaskFormats
import MaskModel
import QuickDraw
import SystemPackage

/// What an export will write: settings, drawings and categories. A shard is a function of the plan and its number.
struct ExportPlan: Hashable, Sendable {
    /// How many masks a shard has, at most. It decides nothing about the files.
    static let shardSize = 250

    let settings: ExportSettings
    /// The recipes of the masks, of which `settings.variants` gives each mask one.
    let specs: [MaskSpec]
    let split: CategorySplit
    let pools: [Split: AnyStrokeSource]
    private let source: AnyStrokeSource

    /// - Throws: `DataError.noCategories` if masks are wanted of a split that has none; `DataError.spec` if a
    ///   variant of the spec takes a value out of its range.
    init(settings: ExportSettings, source: AnyStrokeSource) throws(DataError) {
        self.settings = settings
        self.source = source
        do {
            specs = try settings.specs()
        } catch {
            throw .spec(error)
        }
        split = CategorySplit(words: source.words, seed: settings.seed)
        pools = [.train: source.restricted(to: split.train), .test: source.restricted(to: split.test)]
        for half in Split.allCases where settings.count(of: half) > 0 && split[half].isEmpty {
            throw .noCategories(split: half, found: source.words)
        }
    }

    /// A run of masks of one split that are made together, and stand in one file where they share any.
    struct Shard: Hashable, Sendable {
        let split: Split
        /// Which of the split's tar files the masks are in; 0 without tar files.
        let file: Int
        let masks: Range<Int>
        /// Whether no mask comes before these in their file, or none after them.
        let isFirstOfFile: Bool
        let isLastOfFile: Bool
    }

    /// All shards, train before test; worked out one by one, as there can be many.
    var shards: LazyMapCollection<Range<Int>, Shard> {
        let (train, test) = (ShardSequence(settings, of: .train), ShardSequence(settings, of: .test))
        return (0..<train.count + test.count).lazy.map { $0 < train.count ? train[$0] : test[$0 - train.count] }
    }

    /// Writes the members that dataset.json and the plan of an unfinished export have in common.
    func write(to json: inout JSONWriter) {
        json.member("program", "qd-imd \(programVersion)")
        settings.write(to: &json)
        json.name("source")
        json.object { json in
            json.member("fingerprint", source.fingerprint)
            json.member("categories", source.categoryCount)
            json.member("drawings", source.drawingCount)
            json.member("strokes", source.strokeCount)
            source.findings.write(to: &json, filter: settings.pool.filter)
        }
        settings.writeCounts(to: &json)
    }

    /// The plan as the file that an unfinished export keeps.
    var json: [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            write(to: &json)
        }
        json.endLine()
        return json.bytes
    }

    /// Checks that what stands in `stored`, a plan or a finished dataset.json, is this plan.
    ///
    /// - Throws: `DataError.planDiffers`, which names the first member that is not the same.
    func check(against stored: [UInt8], at path: FilePath) throws(DataError) {
        var myParser = JSONParser()
        var storedParser = JSONParser()
        let difference: (member: String, stored: String, expected: String)?
        do {
            let expected = try myParser.parse(json)
            let found = try storedParser.parse(stored)
            difference = expected.firstDifference(from: found, optional: ["tar", "layouts", "extras"])
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
        if let difference {
            throw .planDiffers(
                path, member: difference.member, stored: difference.stored, expected: difference.expected)
        }
    }
}

/// The version that files record. Datasets of another version are not gone on with.
public let programVersion = "3.0.0"

extension JSONValue {
    /// The first member of this object, or of an object in it, that `other` has not or has otherwise; or one of an object
    /// in it, or of those named `optional`, that only `other` has.
    fileprivate func firstDifference(
        from other: JSONValue, optional: [StaticString] = []
    ) -> (member: String, stored: String, expected: String)? {
        for member in members {
            let name = member.name.text
            guard let found = other.member(named: name) else { return (name, "nothing", member.value.compactText) }
            if member.value.kind == .object {
                if let difference = member.value.firstDifference(from: found) { return difference }
                // What stands in both is compared; in an object of a plan nothing else may stand.
                if let extra = found.members.first(where: { member.value.member(named: $0.name.text) == nil }) {
                    return (extra.name.text, extra.value.compactText, "nothing")
                }
            } else if member.value.compactText != found.compactText {
                return (name, found.compactText, member.value.compactText)
            }
        }
        for name in optional where self[name] == nil {
            if let found = other[name] { return ("\(name)", found.compactText, "nothing") }
        }
        return nil
    }

    private func member(named name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}
