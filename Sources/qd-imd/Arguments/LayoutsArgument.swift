import ArgumentParser
import MaskDataset

/// The layouts of an export on the command line: `flat,lama`.
struct LayoutsArgument: ExpressibleByArgument {
    let kinds: Set<LayoutKind>

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        kinds = Set(names.compactMap { LayoutKind(rawValue: String($0)) })
        guard kinds.count == names.count else { return nil }
    }
}
