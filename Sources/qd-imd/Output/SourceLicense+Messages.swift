import StrokeBank
import SystemPackage

extension SourceLicense {
    /// A line that says that a dataset names no license, because that of the drawings is unknown; nil if it does.
    func missingMessage(of source: FilePath) -> String? {
        guard identifier == nil else { return nil }
        return "\(source): the license of the drawings is unknown, so the dataset names none; --license specifies it"
    }

    /// The license and the attribution in a line; nil if both are unknown.
    var text: String? {
        let parts = [identifier, attribution].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
