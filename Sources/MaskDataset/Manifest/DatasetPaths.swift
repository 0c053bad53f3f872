import FileAccess
import MaskModel
import SystemPackage

/// The paths of everything in the folder of a dataset.
struct DatasetPaths: Hashable, Sendable {
    let root: FilePath

    /// The entries that an export may create in the folder; `dataset.json` is last, because its presence means that all
    /// others are complete.
    static let entries =
        ["train", "test", "vectors", "svg", "tar"] + LayoutSettings.allEntries + [previewName, manifestName]
    static let previewName = "preview.png"
    static let manifestName = "dataset.json"

    var manifest: FilePath { root.appending(Self.manifestName) }
    var preview: FilePath { root.appending(Self.previewName) }

    /// The id of mask `index` of `split`: at least five digits, independent of the number of masks.
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

    /// The folder of an unfinished export: the same paths as in a dataset, and the export's own records.
    var staging: DatasetPaths { DatasetPaths(root: root.appending(".qd-imd-partial")) }
    var plan: FilePath { root.appending("plan.json") }
    /// The list of entries in the output folder that the export may replace.
    var replaceableOutputs: FilePath { root.appending("owned") }
    /// The completion records of an unfinished export's shards.
    var shardLog: FilePath { root.appending("shards.jsonl") }
    /// An empty file that exists once everything is written and only has to be moved into place.
    var completeMark: FilePath { root.appending("complete") }
}
