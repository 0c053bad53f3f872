import ArgumentParser
import MaskDataset

/// The file formats of an export on the command line: `png,json`.
struct FormatsArgument: ExpressibleByArgument {
    let formats: Set<DatasetFormat>

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        formats = Set(names.compactMap { DatasetFormat(rawValue: String($0)) })
        guard formats.count == names.count else { return nil }
    }
}
