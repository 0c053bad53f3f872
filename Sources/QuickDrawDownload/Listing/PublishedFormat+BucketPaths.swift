import QuickDraw

extension PublishedFormat {
    /// The extension of its files, with the dot.
    var fileExtension: String {
        switch self {
        case .simplified, .raw: ".ndjson"
        case .binary: ".bin"
        }
    }

    /// The prefix of its files in the bucket: `full/simplified/`.
    var prefix: String { "full/\(rawValue)/" }
}
