import FileAccess
import SystemPackage

/// The folder in which one process merges a dataset and from which it moves the dataset into its place.
struct MergeFolder: Hashable, Sendable {
    let root: FilePath

    /// The start of its name in a workspace.
    static let prefix = "merge-"

    init(_ root: FilePath) {
        self.root = root
    }

    /// The dataset as far as it is merged.
    var dataset: DatasetPaths { DatasetPaths(root: root.appending("dataset")) }
    /// The previous dataset, while the new one takes its place.
    var previous: DatasetPaths { DatasetPaths(root: root.appending("previous")) }
    /// The names of the new dataset's entries, each on a line; exists while they are moved into the output folder.
    var moved: FilePath { root.appending("moved.txt") }

    func create() throws(DataError) {
        for folder in [root, dataset.root, previous.root] { try folder.makeNewFolder() }
    }

    /// Whether the folder is one that `create` completed.
    func exists() throws(DataError) -> Bool { try previous.root.status()?.kind == .folder }
}
