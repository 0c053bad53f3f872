import MaskModel

extension DatasetManifest {
    /// The first `limit` files that the dataset certainly has, but `names` lacks.
    ///
    /// Certain are all files but those of layouts other than the program's own. Whatever number of masks a corrupt
    /// manifest claims, the work is that for `names` and `limit`.
    func certainFiles(missingIn names: Set<String>, limit: Int) -> [String] {
        var missing: [String] = []
        /// Returns false when there are enough.
        func check(_ name: String) -> Bool {
            if !names.contains(name) { missing.append(name) }
            return missing.count < limit
        }
        guard check(DatasetPaths.manifestName), check(DatasetPaths.previewName) else { return missing }
        for split in Split.allCases {
            let count = masks[split] ?? 0
            if let masksPerTar, masksPerTar > 0 {
                for number in 0..<DatasetPaths.tarCount(of: count, masksPerTar: masksPerTar) {
                    guard check("tar/\(DatasetPaths.tarName(split, number))") else { return missing }
                }
            } else if layouts[.qdIMD] != nil {
                if formats.contains(.json), !check("vectors/\(split.rawValue).jsonl") { return missing }
                guard formats.contains(.png) || formats.contains(.svg) else { continue }
                for index in 0..<count {
                    let id = DatasetPaths.id(index, split)
                    if formats.contains(.png), !check("\(split.rawValue)/\(id).png") { return missing }
                    if formats.contains(.svg), !check("svg/\(split.rawValue)/\(id).svg") { return missing }
                }
            }
        }
        return missing
    }
}
