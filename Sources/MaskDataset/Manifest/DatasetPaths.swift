import FileAccess
import MaskModel
import SystemPackage

/// The paths of everything in the folder of a dataset.
struct DatasetPaths: Hashable, Sendable {
    let root: FilePath

    /// The entries that an export may create in the folder; `dataset.json` is last, because its presence means that all
    /// others are complete.
    static let entries =
        ["train", "test", "vectors", "svg", "tar"] + LayoutSettings.allEntries
        + [previewName, fileListName, manifestName]
    static let previewName = "preview.png"
    static let manifestName = "dataset.json"
    /// The checksums of all files, where the dataset has no `SHA256SUMS`.
    static let fileListName = ".qd-imd-checksums"
    /// The folder of everything that an unfinished export has written.
    static let workspacesName = ".qd-imd-partial"
    static let planName = "plan.json"

    var manifest: FilePath { root.appending(Self.manifestName) }
    var preview: FilePath { root.appending(Self.previewName) }
    var plan: FilePath { root.appending(Self.planName) }
    var workspaces: FilePath { root.appending(Self.workspacesName) }

    /// The id of mask `index` of `split`: at least five digits, independent of the number of masks.
    static func id(_ index: Int, _ split: Split) -> String {
        fiveDigits(index) + "_" + split.rawValue
    }

    /// The smallest number of digits in a name.
    static let digits = 5

    static func fiveDigits(_ number: Int) -> String { padded(number, to: digits) }

    /// A number of 0 or more with at least so many digits.
    static func padded(_ number: Int, to digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    func pngFolder(_ split: Split) -> FilePath { root.appending(split.rawValue) }
    func svgFolder(_ split: Split) -> FilePath { root.appending("svg").appending(split.rawValue) }
    func vectorFile(_ split: Split) -> FilePath { root.appending("vectors").appending("\(split.rawValue).jsonl") }

    var tarFolder: FilePath { root.appending("tar") }
    /// The number of tar files of a split; all but the last one are full.
    static func tarCount(of masks: Int, masksPerTar: Int) -> Int {
        masks / masksPerTar + (masks % masksPerTar > 0 ? 1 : 0)
    }
    static func tarName(_ split: Split, _ number: Int) -> String { "\(split.rawValue)-\(fiveDigits(number)).tar" }
    func tarFile(_ split: Split, _ number: Int) -> FilePath { tarFolder.appending(Self.tarName(split, number)) }
}
