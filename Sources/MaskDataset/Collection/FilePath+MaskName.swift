import SystemPackage

extension FilePath {
    /// The extension in lowercase: `png`.
    var ending: String { self.extension?.lowercased() ?? "" }

    /// The path without the extension.
    var removingEnding: String {
        removingLastComponent().appending(stem ?? "").string
    }

    /// The split in the name of a dataset's tar, `train-00000.tar`; for other names, the name without its extension.
    var splitOfTar: String {
        let name = removingEnding
        return name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
    }
}
