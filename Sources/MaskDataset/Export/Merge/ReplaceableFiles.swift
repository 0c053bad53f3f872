import FileAccess
import MaskModel
import SystemPackage

/// The files of the dataset that an export replaces; all others in its folders are the user's.
struct ReplaceableFiles {
    /// The entries of the dataset; none if there is no dataset.
    private(set) var entries: Set<String> = []
    private var files: Set<String> = []
    /// False for a dataset without a list of its files, as version 2 wrote it.
    private var hasList = false
    /// Whether the list is corrupt, so that more files than those of `contains` can be the dataset's.
    private(set) var isUncertain = false
    private var manifest: DatasetManifest?

    /// The entries that tell what else is the dataset's.
    static let descriptions = [DatasetPaths.manifestName, DatasetPaths.fileListName, DatasetExtra.checksums.entry]

    /// Reads what the dataset in a folder consists of.
    init(of dataset: DatasetPaths) throws(DataError) {
        guard try dataset.manifest.kind() == .file else { return }
        do throws(DataError) {
            manifest = try DatasetManifest(dataset.manifest)
        } catch {
            // A corrupt manifest can be replaced; the list tells what else is.
        }
        entries = [DatasetPaths.manifestName]
        // A folder of a split without masks has no files in the list.
        entries.formUnion(manifest?.entries ?? [])
        guard let path = try FileList.path(in: dataset, manifest) else { return }
        entries.insert(path.lastComponent?.string ?? "")
        hasList = true
        do throws(DataError) {
            let list = try FileList(at: path)
            files = Set(list.files.map(\.path))
            entries.formUnion(files.map { String($0.prefix { $0 != "/" }) })
        } catch {
            // A damaged list: names of files tell whose they are.
            isUncertain = true
        }
    }

    /// Whether a file, as a path relative to the dataset's folder, is the dataset's.
    func contains(_ path: String) -> Bool {
        files.contains(path) || manifest?.owns(path, inLayouts: !hasList) ?? false
    }

    /// Checks that a dataset with the entries `new` would replace only this one.
    ///
    /// - Throws: `DataError` with the first entry in `output` that would be replaced and is not of this dataset.
    func check(_ new: Set<String>, in output: DatasetPaths) throws(DataError) {
        for name in new.sorted() where !entries.contains(name) {
            let path = output.root.appending(name)
            if try path.status() != nil {
                throw DataError(path, "is not part of the dataset in \(output.root); expected no such file or folder")
            }
        }
    }
}

extension DatasetManifest {
    /// The entries of the dataset's folder.
    fileprivate var entries: Set<String> {
        var entries: Set<String> = [DatasetPaths.manifestName, DatasetPaths.previewName]
        if masksPerTar != nil {
            entries.insert("tar")
        } else if layouts[.qdIMD] != nil {
            if formats.contains(.png) { entries.formUnion(["train", "test"]) }
            if formats.contains(.json) { entries.insert("vectors") }
            if formats.contains(.svg) { entries.insert("svg") }
        }
        entries.formUnion(layouts.keys.filter { $0 != .qdIMD }.map(\.rawValue))
        entries.formUnion(extras.map(\.entry))
        return entries
    }

    /// Whether a path is that of a file that an export writes.
    ///
    /// - Parameters:
    ///   - path: Relative to the dataset's folder.
    ///   - inLayouts: The answer for all files in the folders of layouts.
    fileprivate func owns(_ path: String, inLayouts: Bool) -> Bool {
        let parts = path.split(separator: "/").map(String.init)
        guard let entry = parts.first, let name = parts.last else { return false }
        func isImage(of split: Split?, _ ending: String) -> Bool {
            guard let split, name.hasSuffix("_\(split.rawValue)\(ending)") else { return false }
            guard let number = Int(name.prefix { $0 != "_" }), number >= 0 else { return false }
            return number < masks[split] ?? 0 && DatasetPaths.id(number, split) + ending == name
        }
        switch entry {
        case "train", "test": return parts.count == 2 && isImage(of: Split(rawValue: entry), ".png")
        case "svg": return parts.count == 3 && isImage(of: Split(rawValue: parts[1]), ".svg")
        case "vectors": return parts.count == 2 && ["train.jsonl", "test.jsonl"].contains(name)
        case "tar":
            return parts.count == 2
                && Split.allCases.contains { split in
                    Int(name.dropFirst(split.rawValue.count + 1).dropLast(4)).map {
                        DatasetPaths.tarName(split, $0) == name
                    } ?? false
                }
        default: return inLayouts
        }
    }
}
