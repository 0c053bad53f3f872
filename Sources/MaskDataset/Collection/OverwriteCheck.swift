public import FileAccess
import JSONText
public import SystemPackage

/// Rejects outputs that would overwrite the masks that are read, or change a dataset.
public struct OverwriteCheck: Sendable {
    private var inputs = ProtectedInputs()
    /// The folders from which masks are read.
    private let folders: [FilePath]

    /// A check that knows only datasets.
    public init() {
        folders = []
    }

    /// A check of the outputs of a command that reads `collections`.
    ///
    /// - Throws: `DataError` if an input cannot be examined.
    public init(of collections: [MaskCollection]) throws(DataError) {
        var folders: [FilePath] = []
        for collection in collections {
            if try collection.path.kind() == .folder { folders.append(collection.path) }
            // A file contains any number of masks.
            for path in Set(collection.items.map(\.source.container)) { try inputs.insert(path) }
            guard collection.manifest != nil else { continue }
            for entry in DatasetPaths.entries { try inputs.insert(collection.path.appending(entry)) }
        }
        self.folders = folders
    }

    /// Rejects a file that is an input or a part of a dataset, a folder, and an existing file that may not be replaced.
    ///
    /// - Parameters:
    ///   - path: The file to be written.
    ///   - replaces: Whether an existing file may be replaced.
    /// - Throws: `DataError` of `path`.
    public func check(_ path: FilePath, replaces: Bool) throws(DataError) {
        try checkFile(path, replaces: replaces)
        if let dataset = try Self.dataset(containing: path) {
            throw DataError(path, "is a part of the dataset \(dataset); expected another file")
        }
    }

    /// The same for a file in a folder that was checked.
    func checkFile(_ path: FilePath, replaces: Bool) throws(DataError) {
        try inputs.reject(output: path)
        try path.checkOutput(replaces: replaces)
    }

    /// Rejects a folder of outputs that is or is in a folder of a dataset.
    func checkFolder(_ path: FilePath) throws(DataError) {
        if try Self.dataset(containing: path) != nil {
            throw .outputExists(path, holding: "a part of a dataset", expected: "another folder")
        }
        if try Self.isDataset(path) {
            throw .outputExists(path, holding: "a dataset", expected: "another folder")
        }
    }

    /// Rejects a folder of images that would be read as masks the next time.
    func checkIsOutsideInputs(_ path: FilePath) throws(DataError) {
        for folder in folders where try path.isInside(folder) {
            throw DataError(path, "is in the input \(folder); expected a folder outside of it")
        }
    }

    /// The dataset that the path is a part of, whether it exists or not; nil if there is none.
    private static func dataset(containing path: FilePath) throws(DataError) -> FilePath? {
        guard case .file(let destination) = try path.outputDestination() else { return nil }
        var part = try destination.resolvingExistingPart()
        while let name = part.lastComponent {
            part.removeLastComponent()
            if DatasetPaths.entries.contains(name.string), try isDataset(part) { return part }
        }
        return nil
    }

    /// Whether a folder contains a dataset of this program, of any version.
    private static func isDataset(_ folder: FilePath) throws(DataError) -> Bool {
        guard let file = try MaskFolder.folder(folder).file(DatasetPaths.manifestName) else { return false }
        let bytes = try file.bytes(limit: 1 << 26)
        var parser = JSONParser()
        do {
            return try parser.parse(bytes).isDataset
        } catch {
            return false
        }
    }
}
