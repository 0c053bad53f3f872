import FileAccess
import MaskModel
import SystemPackage

/// Where the parts of a dataset stand in its folder.
struct DatasetPaths: Hashable, Sendable {
    let root: FilePath

    /// What an export puts into the folder, `dataset.json` last: it says that the others are complete.
    static let parts =
        ["train", "test", "vectors", "svg", "tar"] + LayoutSettings.allParts + ["preview.png", manifestName]
    static let manifestName = "dataset.json"

    var manifest: FilePath { root.appending(Self.manifestName) }
    var preview: FilePath { root.appending("preview.png") }

    /// Mask `index` of `split`: at least five digits, the same whatever the number of masks.
    static func id(_ index: Int, _ split: Split) -> String {
        fiveDigits(index) + "_" + split.rawValue
    }

    static func fiveDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    func pngFolder(_ split: Split) -> FilePath { root.appending(split.rawValue) }
    func svgFolder(_ split: Split) -> FilePath { root.appending("svg").appending(split.rawValue) }
    func vectorFile(_ split: Split) -> FilePath { root.appending("vectors").appending("\(split.rawValue).jsonl") }

    var tarFolder: FilePath { root.appending("tar") }
    func tarFile(_ split: Split, _ number: Int) -> FilePath {
        tarFolder.appending("\(split.rawValue)-\(Self.fiveDigits(number)).tar")
    }

    /// Where an unfinished export keeps all that it has: a dataset in the making, and its own records.
    var staging: DatasetPaths { DatasetPaths(root: root.appending(".qd-imd-partial")) }
    var plan: FilePath { root.appending("plan.json") }
    /// The parts in the output folder that the export may replace.
    var ownedParts: FilePath { root.appending("owned") }
    /// The completion records of an unfinished export's shards.
    var shardLog: FilePath { root.appending("shards.jsonl") }
    /// Stands there once everything is made and only waits to be moved into place.
    var completeMark: FilePath { root.appending("complete") }
}
