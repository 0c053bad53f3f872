import Archives
import FileAccess
import MaskModel
import SystemPackage

/// Tar files for WebDataset, `train-{000000..000009}.tar`; a sample is `00000_train.png` and `00000_train.json`.
///
/// A sample's key ends at the first dot of a member's name; the names of masks have no dots. If it is the only layout, the
/// shards write its files, as `ShardTars` says, and this type only names them.
struct WebDatasetLayout: OutputLayout {
    let masksPerTar: Int

    var needsRecords: Bool { true }
    var hasVectors: Bool { true }

    /// The smallest number of digits in a name.
    static let digits = 6
    /// The size in bytes at which the buffered part of a tar file is written.
    private static let bufferSize = 8 << 20

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            let count = context.plan.settings.count(of: split)
            let tarCount = (count - 1) / masksPerTar + 1
            try await forEachConcurrently(
                tarCount, jobs: context.jobs, makeWorker: { LayoutScratch(context) },
                { (scratch, number) throws(DataError) in
                    let start = number * masksPerTar
                    let masks = start..<start + min(masksPerTar, count - start)
                    let path = context.folder.appending(Self.name(number, split))
                    try Self.write(masks, of: split, to: path, context, &scratch)
                })
        }
    }

    private static func write(
        _ masks: Range<Int>, of split: Split, to path: FilePath, _ context: LayoutContext,
        _ scratch: inout LayoutScratch
    ) throws(DataError) {
        let file = try context.outputFile(path.lastComponent?.string ?? "")
        var archive: [UInt8] = []
        for index in masks {
            let mask = LayoutContext.Mask(split: split, index: index)
            let png = TarFormat.beginMember(in: &archive)
            try scratch.appendImage(of: mask, to: &archive)
            TarFormat.endMember(named: mask.id + ".png", begunAt: png, in: &archive)
            let json = TarFormat.beginMember(in: &archive)
            archive += try scratch.line(of: mask)
            TarFormat.endMember(named: mask.id + ".json", begunAt: json, in: &archive)
            if index == masks.last { TarFormat.appendEnd(to: &archive) }
            if archive.count > bufferSize || index == masks.last {
                try file.write(archive)
                archive.removeAll(keepingCapacity: true)
            }
            context.progress.advance()
        }
        try file.commit()
    }

    func images(of split: Split) -> String? { nil }
    func image(of index: Int, _ split: Split) -> String? { nil }
    func maskName(of file: FilePath) -> String { file.splitOfTar }

    static func name(_ number: Int, _ split: Split) -> String {
        "\(split.rawValue)-\(DatasetPaths.padded(number, to: digits)).tar"
    }
}
