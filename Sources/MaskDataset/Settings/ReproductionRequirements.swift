import FileAccess
import JSONText
import MaskModel
import SystemPackage

/// What a `dataset.json` says about how its masks were made, beside the settings: what an export that is to reproduce the
/// dataset must have in common with it.
public struct ReproductionRequirements: Hashable, Sendable {
    private let path: FilePath
    private let settings: ExportSettings
    private let program: String?
    private let renderer: String?
    private let fingerprint: String?
    private let imagesFingerprint: String?

    /// The drawings that the dataset used.
    var pool: PoolSettings { settings.pool }
    /// Whether the file names the drawings from which its masks are.
    var hasSource: Bool { fingerprint != nil }

    /// Reads what a file's JSON says about the dataset; nil if it describes settings alone.
    init?(_ json: JSONValue, settings: ExportSettings, at path: FilePath) throws(SpecError) {
        self.path = path
        self.settings = settings
        program = try json["program"]?.text(as: "program")
        renderer = try json["renderer"]?.text(as: "renderer")
        fingerprint = try json["source"]?.expected(
            { $0["fingerprint"]?.string?.text }, "an object with a fingerprint", as: "source")
        imagesFingerprint = try json["layouts"]?.elements?.compactMap { $0["images_sha256"] }.first?
            .text(as: "images_sha256")
        if program == nil, renderer == nil, fingerprint == nil, imagesFingerprint == nil { return nil }
    }

    /// Checks that this program makes the same masks from the same drawings, with the same names.
    ///
    /// - Parameters:
    ///   - settings: The settings of the export. Those that differ from the file's were requested.
    ///   - renderer: The rasterizer and its version.
    /// - Throws: `DataError` that names what differs.
    func check(_ settings: ExportSettings, renderer: String) throws(DataError) {
        // Masks change only with the major version.
        let current = "qd-imd \(programVersion)"
        if let program, program.majorVersion != current.majorVersion {
            throw difference("was made by \(program), but this is \(current)", "a program of the same major version")
        }
        if let stored = self.renderer, settings.backend == self.settings.backend, stored != renderer {
            throw difference("was drawn by \(stored), but this is \(renderer)", "the same renderer")
        }
        let found = settings.layouts.images?.fingerprint(includesPaths: self.settings.includesImagePaths)
        if let imagesFingerprint, let images = settings.layouts.images, let found, found != imagesFingerprint {
            throw difference(
                "has masks for images whose names have the SHA-256 \(imagesFingerprint), but those in \(images.path) "
                    + "have \(found)", "the same images")
        }
    }

    /// Checks the fingerprint of the drawings that the file's settings choose from a source.
    ///
    /// - Throws: `DataError` that names both if it differs.
    func check(fingerprint: String, of source: FilePath) throws(DataError) {
        guard let stored = self.fingerprint, stored != fingerprint else { return }
        throw difference(
            "was made from drawings with the fingerprint \(stored), but those in \(source) have \(fingerprint)",
            "the same drawings")
    }

    private func difference(_ found: String, _ expected: String) -> DataError {
        DataError(path, "\(found); expected \(expected), or --any-source")
    }
}

extension String {
    /// The name and the major version of a program: `qd-imd 3` of `qd-imd 3.0.1`.
    fileprivate var majorVersion: Substring { prefix { $0 != "." } }
}
