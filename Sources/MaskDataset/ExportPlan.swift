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
    let split: CategorySplit
    let pools: [Split: StrokePool]
    private let source: StrokePool

    /// - Throws: `DatasetError.noCategories` if masks are wanted of a split that has none.
    init(settings: ExportSettings, source: StrokePool) throws(DatasetError) {
        self.settings = settings
        self.source = source
        split = CategorySplit(words: source.words, seed: settings.seed)
        pools = [.train: source.restricted(to: split.train), .test: source.restricted(to: split.test)]
        for half in Split.allCases where settings.count(of: half) > 0 && split[half].isEmpty {
            throw .noCategories(split: half, found: source.words)
        }
    }

    /// A run of masks of one split that are made together.
    struct Shard: Hashable, Sendable {
        let split: Split
        let number: Int
        let masks: Range<Int>

        /// The base name of the shard's own files.
        var name: String { "\(split.rawValue)-\(number)" }
    }

    /// All shards, train before test.
    var shards: [Shard] {
        Split.allCases.flatMap { half in
            let count = settings.count(of: half)
            return stride(from: 0, to: count, by: Self.shardSize).map { start in
                Shard(
                    split: half, number: start / Self.shardSize,
                    masks: start..<min(start + Self.shardSize, count))
            }
        }
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
        }
        json.name("counts")
        json.object { json in
            json.member("train", settings.trainCount)
            json.member("test", settings.testCount)
        }
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
    /// - Throws: `DatasetError.planDiffers`, which names the first member that is not the same.
    func check(against stored: [UInt8], at path: FilePath) throws(DatasetError) {
        var myParser = JSONParser()
        var storedParser = JSONParser()
        let difference: (member: String, stored: String, wanted: String)?
        do {
            let wanted = try myParser.parse(json)
            let found = try storedParser.parse(stored)
            difference = wanted.firstDifference(from: found)
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
        if let difference {
            throw .planDiffers(
                path, member: difference.member, stored: difference.stored, wanted: difference.wanted)
        }
    }
}

/// The version that files record. Datasets of another version are not gone on with.
public let programVersion = "1.0.0"

extension JSONValue {
    /// The first member of this object, or of an object in it, that `other` has not or has otherwise.
    fileprivate func firstDifference(from other: JSONValue) -> (member: String, stored: String, wanted: String)? {
        for member in members {
            let name = member.name.text
            guard let found = other.member(named: name) else { return (name, "nothing", member.value.compactText) }
            if member.value.kind == .object {
                if let difference = member.value.firstDifference(from: found) { return difference }
            } else if member.value.compactText != found.compactText {
                return (name, found.compactText, member.value.compactText)
            }
        }
        return nil
    }

    private func member(named name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}
