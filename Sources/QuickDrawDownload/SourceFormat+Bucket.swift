import QuickDraw

extension SourceFormat {
    /// How the names of its files end, with the dot.
    var fileExtension: String {
        switch self {
        case .simplified, .raw: ".ndjson"
        case .binary: ".bin"
        }
    }

    /// How the names of its files begin in the bucket: `full/simplified/`.
    var prefix: String { "full/\(rawValue)/" }
}
