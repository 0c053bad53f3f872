import ArgumentParser
import Console
import FileAccess
import MaskDataset
import StrokeBank
import SystemPackage

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Summarize a dataset, masks, a stroke bank, or Quick, Draw! drawings.",
        discussion: "A stroke bank is verified completely.")

    @Argument(
        help: """
            A dataset; a mask (.png, .jpg, .json, .svg), a file of masks (.jsonl, .tar, .tar.gz, .zip, .npy, .npz, COCO's \
            .json), or a folder of them; a stroke bank; a file of drawings (.ndjson, .bin, .csv, gzipped or in a .zip; \
            .npz; .jsonl; with --by-category also .svg), or a folder of them.
            """)
    var path: FilePath

    @Flag(
        help: """
            For drawings and stroke banks: also print a row for each category. SVG files are then drawings, not masks.
            """)
    var byCategory = false

    @Flag(help: "Print JSON in place of text; of masks with an object for each mask.")
    var json = false

    @Flag(
        help: """
            For masks: print CSV in place of text, with a row for each mask: id, width, height, hole_ratio, bucket, \
            touches_border, components (connected parts of the hole), strokes.
            """)
    var csv = false

    @OptionGroup(title: "Images") var images: ImageOptions

    @OptionGroup var corruption: SkipDamagedOption

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        if json, csv { throw ValidationError("--json cannot be used with --csv") }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("reading", unit: "files", progress)
        let write: () throws -> Void
        do {
            defer { display?.end() }
            if let source = try await inspectSource(progress) {
                try checkMaskOptionsAreUnused()
                for message in source.skippedContents.corruptionMessages { Terminal.printMessage(message) }
                if source.duplicateCount > 0, !quiet {
                    Terminal.printMessage("skipped \(counted(source.duplicateCount, "drawing")) with a repeated key")
                }
                let summary = SourceInspectionOutput(source: source, includesCategories: byCategory)
                write = { [json] in
                    if json { try Terminal.writeData(summary.json) } else { try Terminal.writeLines(summary.lines) }
                }
            } else {
                try checkSourceOptionsAreUnused()
                let masks = try MaskCollection(inDetailAt: path)
                let inspection = try await MaskInspection(
                    of: masks, reader: images.reader(hole: masks.holeColor), jobs: jobs.count, progress: progress)
                let summary = MaskInspectionOutput(manifest: masks.manifest, inspection: inspection)
                write = { [json, csv] in
                    if json {
                        try Terminal.writeData(String(decoding: inspection.json, as: UTF8.self))
                    } else if csv {
                        try Terminal.writeData(String(decoding: inspection.table.csv, as: UTF8.self))
                    } else {
                        try Terminal.writeLines(summary.lines)
                    }
                    for message in masks.skippedMessages { Terminal.printMessage(message) }
                }
            }
        } catch {
            throw Terminal.report(error)
        }
        try write()
    }

    /// The contents of a stroke bank or of drawings; nil if the path contains neither.
    private func inspectSource(_ progress: WorkProgress) async throws -> SourceInspection? {
        if MappedBank.isBank(path) {
            return try await SourceInspection(ofBankAt: path, jobs: jobs.count, progress: progress)
        }
        guard try SourceInspection.isSource(path, includesSVG: byCategory) else { return nil }
        return try await SourceInspection(
            of: path, skipsDamaged: corruption.skipDamaged, jobs: jobs.count, progress: progress)
    }

    private func checkMaskOptionsAreUnused() throws {
        guard let option = csv ? "--csv" : images.firstGiven else { return }
        throw DataError(path, "contains drawings; \(option) needs masks")
    }

    private func checkSourceOptionsAreUnused() throws {
        guard byCategory else { return }
        throw DataError(path, "contains no drawings; --by-category needs drawings or a stroke bank")
    }
}
