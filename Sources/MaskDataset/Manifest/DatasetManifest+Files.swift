import MaskModel

extension DatasetManifest {
    /// The paths of the files that the dataset certainly has: all but those of layouts other than the program's own.
    var certainFiles: [String] {
        var files = [DatasetPaths.manifestName, DatasetPaths.previewName]
        for split in Split.allCases {
            let count = masks[split] ?? 0
            if let masksPerTar, masksPerTar > 0 {
                files += (0..<(count + masksPerTar - 1) / masksPerTar).map { "tar/\(DatasetPaths.tarName(split, $0))" }
            } else if layouts[.qdIMD] != nil {
                let ids = (0..<count).map { DatasetPaths.id($0, split) }
                if formats.contains(.png) { files += ids.map { "\(split.rawValue)/\($0).png" } }
                if formats.contains(.svg) { files += ids.map { "svg/\(split.rawValue)/\($0).svg" } }
                if formats.contains(.json) { files.append("vectors/\(split.rawValue).jsonl") }
            }
        }
        return files
    }
}
