public import FileAccess
import JSONText
import StrokeBank
public import SystemPackage

/// A file with settings: a `dataset.json`, a plan, or any of their members that are settings.
public struct SpecFile: Hashable, Sendable {
    /// The settings, and the defaults of those that the file does not have.
    public private(set) var settings: ExportSettings
    /// How the masks were made, if the file describes a dataset; an export that reproduces it checks that.
    public private(set) var origin: ReproductionRequirements?
    /// Whether the file sets the numbers of masks.
    public let hasCounts: Bool

    /// Reads a file. Members that describe the result of an export are not settings, and are ignored.
    ///
    /// - Throws: `DataError` if the file cannot be read, is longer than 64 MiB, or has a member that is unknown, repeated,
    ///   or out of range.
    public init(_ path: FilePath) throws(DataError) {
        var parser = JSONParser()
        let json = try parser.parse(fileAt: path)
        (settings, origin) = try path.locating {
            let settings = try ExportSettings().applying(json)
            return (settings, try ReproductionRequirements(json, settings: settings, at: path))
        }
        hasCounts = json["counts"] != nil
    }

    /// The same settings for any drawings, whose license is not that of the dataset's.
    public func forAnySource() -> SpecFile {
        var file = self
        if origin?.hasSource == true { file.settings.license = .unknown }
        file.origin = nil
        return file
    }
}
