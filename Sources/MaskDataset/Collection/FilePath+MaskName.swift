import SystemPackage

extension FilePath {
    /// The extension in lowercase: `png`; `tar.gz` also for `tgz`.
    var ending: String {
        let ending = self.extension?.lowercased() ?? ""
        if ending == "gz", stem?.lowercased().hasSuffix(".tar") == true { return "tar.gz" }
        return ending == "tgz" ? "tar.gz" : ending
    }

    /// The name without the extension.
    var nameWithoutEnding: String {
        let stem = stem ?? ""
        return ending == "tar.gz" && self.extension?.lowercased() == "gz" ? String(stem.dropLast(4)) : stem
    }

    /// The path without the extension.
    var removingEnding: String {
        removingLastComponent().appending(nameWithoutEnding).string
    }

    /// The split in the name of a dataset's tar, `train-00000.tar`; for other names, the name without its extension.
    var splitOfTar: String {
        let name = removingEnding
        return name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
    }
}
