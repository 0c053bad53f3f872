import Archives
import FileAccess
import MaskModel
import SystemPackage

/// Tar files of samples, `00000_train.png` and `00000_train.json` each, that WebDataset streams:
/// `train-{000000..000009}.tar`.
///
/// A sample's key ends at the first dot of a member's name; the masks' names have none.
struct WebDatasetLayout: OutputLayout {
    let masksPerTar: Int

    var needsRecords: Bool { true }
    var hasVectors: Bool { true }

    /// Of a tar that is written, at most so much is held, in bytes.
    private static let partSize = 8 << 20

    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            let count = work.plan.settings.count(of: split)
            let tars = (count - 1) / masksPerTar + 1
            try await forEachConcurrently(
                tars, jobs: work.jobs, makeWorker: { LayoutScratch(work) },
                { (worker, number) throws(DataError) in
                    let start = number * masksPerTar
                    let masks = start..<start + min(masksPerTar, count - start)
                    let path = work.folder.appending(Self.name(number, split))
                    try Self.write(masks, of: split, to: path, work, &worker)
                })
        }
    }

    private static func write(
        _ masks: Range<Int>, of split: Split, to path: FilePath, _ work: LayoutContext, _ worker: inout LayoutScratch
    ) throws(DataError) {
        let file = try work.outputFile(path.lastComponent?.string ?? "")
        var archive: [UInt8] = []
        for index in masks {
            let mask = LayoutContext.Mask(split: split, index: index)
            let png = TarFormat.beginMember(in: &archive)
            try worker.appendImage(of: mask, to: &archive)
            TarFormat.endMember(named: mask.id + ".png", begunAt: png, in: &archive)
            let json = TarFormat.beginMember(in: &archive)
            archive += try worker.line(of: mask)
            TarFormat.endMember(named: mask.id + ".json", begunAt: json, in: &archive)
            if index == masks.last { TarFormat.appendEnd(to: &archive) }
            if archive.count > partSize || index == masks.last {
                try file.write(archive)
                archive.removeAll(keepingCapacity: true)
            }
            work.progress.advance()
        }
        try work.commit(file)
    }

    func images(of split: Split) -> String? { nil }
    func image(of index: Int, _ split: Split) -> String? { nil }
    func maskName(of file: FilePath) -> String { file.splitOfTar }

    static func name(_ number: Int, _ split: Split) -> String {
        let digits = String(number)
        return "\(split.rawValue)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).tar"
    }
}
