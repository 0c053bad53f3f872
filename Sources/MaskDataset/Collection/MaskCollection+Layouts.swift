import FileAccess
import MaskModel
import SystemPackage

extension MaskCollection {
    /// The first layout of a dataset with the requested contents, and the color of holes in it.
    ///
    /// - Throws: `DataError` of the kind `empty` if there is none.
    static func layout(
        of path: FilePath, _ manifest: DatasetManifest, _ contents: Contents
    ) throws(DataError) -> (LayoutKind, HoleColor) {
        let layouts = LayoutKind.allCases.filter { manifest.layouts[$0] != nil }
        if let kind = layouts.first(where: { contents == .all ? $0.layout().hasMasks : $0.layout().hasVectors }),
            let color = manifest.layouts[kind]
        {
            return (kind, color)
        }
        let found = layouts.map(\.rawValue).joined(separator: ", ")
        throw .nothingToDo(
            path,
            expected: contents == .all
                ? "a layout of images or vectors that this version knows (the dataset has \(found))"
                : "vectors, which only the layouts qd-imd and webdataset have (the dataset has \(found))")
    }

    /// The masks of a layout, with their names in this program, in the order of its files.
    static func items(
        of kind: LayoutKind, _ settings: LayoutSettings, in folder: MaskFolder, using finder: inout MaskFinder
    ) throws(DataError) -> [MaskLocation] {
        let layout = kind.layout(settings)
        var items: [MaskLocation] = []
        // The folder also contains lists, metadata, and images beside their masks.
        let files = try folder.files([layout.hasVectors ? "tar" : layout.fileExtension])
        for file in files where layout.isMask(file.name) {
            items += try finder.items(in: file.file, named: layout.maskName(of: file.name))
        }
        return items
    }
}
