import FileAccess
import MaskModel
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Layouts of datasets that are replaced, resumed, or interrupted; and the user's files next to them.
struct LayoutReplacementTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var masks: FilePath { folder.path.appending("masks") }

    init() throws {
        exports = try ExportFolder()
    }

    private func settings(_ kinds: Set<LayoutKind>, extras: Set<DatasetExtra> = []) throws -> ExportSettings {
        var settings = try ExportSettings.small(canvas: .px(64, 4))
        settings.layouts.kinds = kinds
        settings.layouts.extras = extras
        return settings
    }

    @Test func `layouts that the new dataset lacks are removed`() async throws {
        try await exports.export(try settings(Set(LayoutKind.allCases), extras: Set(DatasetExtra.allCases)))
        try await exports.export(try settings([.mat]), existing: .overwrite)
        try await exports.export(try settings([.mat]), to: "fresh")
        #expect(try exports.files() == exports.files(in: "fresh"))
        #expect(try masks.entryNames() == [".qd-imd-checksums", "dataset.json", "mat", "preview.png"])
        try await exports.export(try settings([.qdIMD]), existing: .overwrite)
        #expect(
            try masks.entryNames() == [
                ".qd-imd-checksums", "dataset.json", "preview.png", "svg", "test", "train", "vectors",
            ])
    }

    @Test(arguments: ["flat", "coco", "SHA256SUMS", "train"])
    func `the user's files are neither replaced nor removed, whatever their names are`(name: String) async throws {
        try await exports.export(try settings([.mat]))
        try folder.file("masks/\(name)", "mine")
        let before = try exports.files()
        let expected = try settings([.qdIMD, .flat], extras: [.coco, .checksums])
        let message = await complaint { try await exports.export(expected, existing: .overwrite) }
        #expect(message == "\(masks)/\(name): is not part of the dataset in \(masks); expected no such file or folder")
        #expect(try exports.files() == before)
        try await exports.export(try settings([.lama]), existing: .overwrite)
        #expect(try folder.text(of: "masks/\(name)") == "mine")
    }

    @Test func `files that the user adds during the export are kept, and so is the old dataset`() async throws {
        try await exports.export(try settings([.mat]))
        let expected = try settings([.flat])
        let message = await complaint { try await exports.export(expected, existing: .overwrite, failingAfter: 2) }
        try #require(message?.hasSuffix("out of ink") == true)
        try folder.file("masks/flat", "mine")
        let refusal = await complaint { try await exports.export(expected, existing: .resume) }
        #expect(refusal == "\(masks)/flat: is not part of the dataset in \(masks); expected no such file or folder")
        #expect(try folder.text(of: "masks/flat") == "mine")
        #expect(try DatasetManifest(ofDatasetIn: masks).layouts == [.mat: .black])
        try masks.appending("flat").removeTree()
        try await exports.export(expected, existing: .resume)
        #expect(try masks.entryNames() == [".qd-imd-checksums", "dataset.json", "flat", "preview.png"])
    }

    @Test func `layouts that were interrupted are written again`() async throws {
        let expected = try settings([.flat, .huggingface, .webdataset], extras: [.checksums])
        try await exports.export(expected, to: "straight")
        let message = await complaint { try await exports.export(expected, failingAfter: 4) }
        try #require(message?.hasSuffix("out of ink") == true)
        // As after an interruption in the middle of the layouts.
        let merge = try exports.workspace() + "/merge-node-1"
        try folder.folder(name: "\(merge)/previous")
        let merged = merge + "/dataset"
        try folder.file("\(merged)/flat/train/00000.png", "half")
        try folder.file("\(merged)/webdataset/.train-000000.tar.partial", "half")
        try await exports.export(expected, existing: .resume)
        var (found, straight) = (try exports.files(), try exports.files(in: "straight"))
        // These contain the name of the folder.
        for name in ["flat/train.flist", "flat/test.flist", "SHA256SUMS"] {
            found[name] = nil
            straight[name] = nil
        }
        #expect(found == straight)
    }

    @Test(arguments: 0...5) func `a move that was interrupted is completed`(count: Int) async throws {
        let expected = try settings([.lama, .mat], extras: [.coco])
        try await exports.export(expected)
        let whole = try exports.files()
        try await exports.interruptSwap(of: expected, after: count)
        try await exports.export(expected, existing: .resume, failingAfter: 0)
        #expect(try exports.files() == whole)
    }

    @Test(arguments: 0...5) func `an export whose move was interrupted can be overwritten, and leaves no layout`(
        count: Int
    )
        async throws
    {
        let old = try settings([.lama, .mat], extras: [.coco])
        try await exports.interruptSwap(of: old, after: count)
        try await exports.export(try settings([.lama]), existing: .overwrite)
        #expect(try masks.entryNames() == [".qd-imd-checksums", "dataset.json", "lama", "preview.png"])
    }

    @Test func `a dataset of other layouts is not resumed`() async throws {
        try await exports.export(try settings([.mat]))
        let plain = await complaint { try await exports.export(try settings([.qdIMD]), existing: .resume) }
        #expect(plain?.contains("uses formats [], this command uses [\"png\",\"json\",\"svg\"]") == true)
        let other = await complaint { try await exports.export(try settings([.mat, .lama]), existing: .resume) }
        #expect(other?.contains("uses layouts [{\"name\":\"mat\",\"hole\":\"black\"}], this command uses ") == true)
        let more = await complaint {
            try await exports.export(try settings([.mat], extras: [.coco]), existing: .resume)
        }
        #expect(more?.contains("uses no extras, this command uses [\"coco\"]") == true)
    }
}
