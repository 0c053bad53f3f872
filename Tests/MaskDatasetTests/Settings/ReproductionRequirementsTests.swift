import FileAccess
import MaskModel
import MaskSamples
import StrokeBank
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// The `dataset.json` of a dataset as the spec of another export.
struct ReproductionRequirementsTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var manifest: FilePath { folder.path.appending("masks").appending("dataset.json") }

    init() async throws {
        exports = try ExportFolder()
        try await exports.export(.small())
    }

    /// The message of an export by the dataset's spec.
    ///
    /// - Parameters:
    ///   - replaced: a text of the manifest and another one in its place.
    ///   - isAnySource: whether the drawings can be others.
    ///   - change: changes the settings of the spec.
    private func message(
        source: FilePath? = nil, _ replaced: (String, String)? = nil, isAnySource: Bool = false,
        _ change: (inout ExportSettings) -> Void = { _ in }
    ) async throws -> String? {
        if let replaced {
            let text = try folder.text(of: "masks/dataset.json")
            try #require(text.contains(replaced.0))
            try folder.file("masks/dataset.json", text.replacing(replaced.0, with: replaced.1))
        }
        try folder.path.appending("again").removeTree()
        let spec = try SpecFile(manifest)
        let used = isAnySource ? spec.forAnySource() : spec
        var settings = used.settings
        change(&settings)
        return await complaint {
            try await exports.export(settings, to: "again", source: source, origin: used.origin)
        }
    }

    /// A copy of the drawings with another key.
    private func otherDrawings() throws -> FilePath {
        for word in ["cat", "dog"] {
            let text = try folder.text(of: "drawings/\(word).ndjson")
            try folder.file("other/\(word).ndjson", text.replacing(#""key_id":"2""#, with: #""key_id":"3""#))
        }
        return folder.path.appending("other")
    }

    private func fingerprint(of source: FilePath) async throws -> String {
        try await AnyStrokeSource(
            source: source, settings: PoolSettings(), seed: 0, jobs: 1, progress: WorkProgress()
        ).digest(jobs: 1).fingerprint
    }

    @Test func `it makes the same dataset of the same drawings`() async throws {
        #expect(try await message() == nil)
        #expect(try exports.files(in: "again") == exports.files())
    }

    @Test func `a bank of the drawings has the same fingerprint`() async throws {
        let bank = folder.path.appending("drawings.bank")
        _ = try await BankIndexing(sources: [exports.source], output: bank, jobs: 1)
            .run(reading: WorkProgress(), writing: WorkProgress())
        #expect(try await message(source: bank) == nil)
        #expect(try exports.files(in: "again") == exports.files())
    }

    @Test func `other drawings are an error with both fingerprints`() async throws {
        let other = try otherDrawings()
        let fingerprints = (try await fingerprint(of: exports.source), try await fingerprint(of: other))
        #expect(
            try await message(source: other) == """
                \(manifest): was made from drawings with the fingerprint \(fingerprints.0), but those in \(other) have \
                \(fingerprints.1); expected the same drawings, or --any-source
                """)
        #expect(try await message(source: other, isAnySource: true) == nil)
    }

    @Test func `other settings of the pool do not make other drawings`() async throws {
        #expect(try await message { $0.pool.drawingsPerFile = 1 } == nil)
        let other = try otherDrawings()
        // The first drawings are the same, but the dataset used two.
        let message = try await message(source: other) { $0.pool.drawingsPerFile = 1 }
        #expect(message?.contains("expected the same drawings, or --any-source") == true)
    }

    @Test(arguments: ["2.9.9", "4.0.0", "30.0.0", "1"]) func `another major version is an error`(version: String)
        async throws
    {
        let current = "qd-imd \(programVersion)"
        let text =
            "\(manifest): was made by qd-imd \(version), but this is \(current); expected a program of the same major "
            + "version, or --any-source"
        #expect(try await message((current, "qd-imd \(version)")) == text)
        #expect(try await message(isAnySource: true) == nil)
    }

    @Test(arguments: ["3.0.1", "3.99.0"]) func `another minor version makes the same masks`(version: String)
        async throws
    {
        #expect(try await message(("qd-imd \(programVersion)", "qd-imd \(version)")) == nil)
    }

    @Test func `another renderer is an error, unless another backend is requested`() async throws {
        let replaced = (#""backend": "exact","#, #""backend": "exact","renderer":"exact 7","#)
        let text = "\(manifest): was drawn by exact 7, but this is exact; expected the same renderer, or --any-source"
        #expect(try await message(replaced) == text)
        #expect(try await message { $0.backend = "cairo" } == nil)
    }

    @Test func `a license is that of the same drawings`() async throws {
        let license = #""license":"MIT","attribution":"A","source":"#
        #expect(try await message((#""source":"#, license)) == nil)
        let mine = try #require(SourceLicense(identifier: "MIT", attribution: "A"))
        #expect(try DatasetManifest(ofDatasetIn: folder.path.appending("again")).license == mine)
        #expect(try SpecFile(manifest).forAnySource().settings.license == .unknown)
    }

    @Test func `settings alone have no origin`() throws {
        for text in ["{}", #"{"seed":5,"license":"MIT","layouts":[{"name":"flat"}]}"#] {
            let spec = try SpecFile(folder.file("spec.json", text))
            #expect(spec.origin == nil)
            #expect(spec.forAnySource() == spec)
        }
        #expect(try SpecFile(folder.file("spec.json", ExportSettings().specText)).origin == nil)
    }
}
