import FileAccess
import MaskDataset
import MaskModel
import MaskRaster
import QuickDraw
import StrokeBank
import SystemPackage

extension ReaderFuzzer {
    /// An export in progress to be mutated, and its shards.
    struct Planned {
        let folder: FilePath
        let plan: [UInt8]
        let records: FilePath
        /// The record of each shard.
        let recordBytes: [[UInt8]]
    }

    /// A plan of three shards, all of which are complete.
    mutating func planned() async throws -> Planned {
        let output = folder.appending("planned")
        var planning = try ExportPlanCreation(
            source: drawings(), output: output, settings: settings(), existing: .refuse, jobs: 1)
        planning.masksPerShard = 2
        _ = try await planning.run(reading: WorkProgress())
        var export = try ShardExport(planIn: output, jobs: 1)
        export.isFlushing = false
        _ = try await export.run(
            nil, source: nil, renderer: "exact", makeRasterizer: { ExactRasterizer() }, reading: WorkProgress(),
            making: WorkProgress())
        let plan = try output.appending("plan.json").readFile()
        let records = Self.workspace(of: plan, in: output).appending("records")
        let recordBytes = try (0..<3).map { try records.appending("0000\($0).txt").readFile() }
        return Planned(folder: output, plan: plan, records: records, recordBytes: recordBytes)
    }

    /// The folder of a plan's shards, which is named after the plan's bytes.
    private static func workspace(of plan: [UInt8], in output: FilePath) -> FilePath {
        output.appending(".qd-imd-partial").appending(String(SHA256.digest(of: plan).prefix(16)))
    }

    private mutating func drawings() throws -> FilePath {
        for word in ["cat", "t-shirt"] {
            let lines = (0..<5).flatMap { _ in mutator.line(mutator.drawing(word: word), isRaw: false) }
            _ = try write("\(word).ndjson", lines)
        }
        let drawings = folder.appending("drawings")
        try drawings.makeFolders()
        for word in ["cat", "t-shirt"] {
            try folder.appending("\(word).ndjson").rename(to: drawings.appending("\(word).ndjson"))
        }
        return drawings
    }

    private func settings() throws -> ExportSettings {
        var settings = ExportSettings()
        (settings.trainCount, settings.testCount) = (4, 2)
        settings.spec = try MaskSpec(
            canvas: PixelSize(width: 24, height: 16) ?? .standard, minStrokeWidth: 1, maxStrokeWidth: 2)
        settings.backend = "exact"
        return settings
    }

    /// The mutated `bytes`, as a file in the place of another one.
    private mutating func replace(_ path: FilePath, _ bytes: [UInt8]) throws {
        report.byteCount += bytes.count
        let file = try FileDescriptor.open(path, .writeOnly, options: [.truncate])
        try file.closeAfter { _ = try file.writeAll(bytes) }
    }

    /// The plan's name is its checksum: a changed one is not that of the shards.
    mutating func fuzzPlan(of planned: Planned) async throws {
        let bytes = mutator.mutated(planned.plan)
        try replace(planned.folder.appending("plan.json"), bytes)
        do {
            let status = try await ExportStatus(of: planned.folder, jobs: 1)
            guard bytes == planned.plan, status.completeCount == 3 else {
                throw FuzzFinding(problem: "a changed plan was read", file: bytes)
            }
            report.readCount += 1
        } catch let finding as FuzzFinding {
            throw finding
        } catch {
            report.refusedCount += 1
        }
    }

    /// With the folder of its shards renamed, a changed plan is read up to its last member.
    mutating func fuzzSealedPlan(of planned: Planned) async throws {
        let bytes = mutator.mutated(planned.plan)
        try replace(planned.folder.appending("plan.json"), bytes)
        let (original, renamed) = (
            planned.records.removingLastComponent(), Self.workspace(of: bytes, in: planned.folder)
        )
        if renamed != original { try original.rename(to: renamed) }
        do {
            let status = try await ExportStatus(of: planned.folder, jobs: 1)
            guard bytes == planned.plan || status.completeCount == 0 else {
                throw FuzzFinding(problem: "shards of another plan are complete", file: bytes)
            }
            report.readCount += 1
        } catch let finding as FuzzFinding {
            throw finding
        } catch {
            report.refusedCount += 1
        }
        if renamed != original { try renamed.rename(to: original) }
    }

    /// A shard whose record was changed is generated again, and no other.
    mutating func fuzzRecord(of planned: Planned) async throws {
        let shard = mutator.below(3)
        let bytes = mutator.mutated(planned.recordBytes[shard])
        let path = planned.records.appending("0000\(shard).txt")
        try replace(path, bytes)
        let rerun = try await ExportStatus(of: planned.folder, jobs: 1).rerun.all.map { $0 }
        try replace(path, planned.recordBytes[shard])
        report.byteCount -= planned.recordBytes[shard].count
        guard rerun == (bytes == planned.recordBytes[shard] ? [] : [shard]) else {
            throw FuzzFinding(problem: "\(rerun) are generated again; expected shard \(shard)", file: bytes)
        }
        report.refusedCount += 1
    }

    /// With a valid checksum, anything may be read, but nothing may crash or hang.
    mutating func fuzzSealedRecord(of planned: Planned) async throws {
        let shard = mutator.below(3)
        let lines = planned.recordBytes[shard].dropLast(65)
        // Half of the time only the numbers of the first line, or a size.
        var bytes = Array(lines)
        if mutator.below(2) == 0 {
            let first = bytes.firstIndex(of: 0x0A) ?? 0
            var head = Array(bytes[..<first])
            mutator.mutate(&head)
            bytes.replaceSubrange(..<first, with: head)
        } else {
            mutator.mutate(&bytes)
        }
        bytes += "\(SHA256.digest(of: bytes))\n".utf8
        let path = planned.records.appending("0000\(shard).txt")
        try replace(path, bytes)
        do throws(DataError) {
            let status = try await ExportStatus(of: planned.folder, jobs: 1)
            if status.completeCount == 3 { report.readCount += 1 } else { report.refusedCount += 1 }
        } catch {
            report.refusedCount += 1
        }
        try replace(path, planned.recordBytes[shard])
        report.byteCount -= planned.recordBytes[shard].count
    }

    /// A dataset to be mutated.
    struct Dataset {
        let folder: FilePath
        let files: [(path: FilePath, bytes: [UInt8])]
    }

    mutating func dataset() async throws -> Dataset {
        let output = folder.appending("dataset")
        var export = try DatasetExport(
            source: drawings(), output: output, settings: settings(), existing: .refuse, jobs: 1)
        export.isFlushing = false
        _ = try await export.run(
            makeRasterizer: { ExactRasterizer() }, reading: WorkProgress(), making: WorkProgress())
        let names = try output.filesBelow() + [".qd-imd-checksums"]
        return Dataset(
            folder: output,
            files: try names.map { (output.pushing($0), try output.pushing($0).readFile()) })
    }

    /// A change of any file is found, also one of the list of checksums.
    mutating func fuzz(_ dataset: Dataset) async throws {
        let file = dataset.files[mutator.below(dataset.files.count)]
        let bytes = mutator.mutated(file.bytes)
        try replace(file.path, bytes)
        var isIntact = false
        do throws(DataError) {
            let verification = try await DatasetVerification(of: dataset.folder, jobs: 1, progress: WorkProgress())
            isIntact = verification.isIntact && verification.foreignFiles.isEmpty
            if isIntact { report.readCount += 1 } else { report.refusedCount += 1 }
        } catch {
            report.refusedCount += 1
        }
        try replace(file.path, file.bytes)
        report.byteCount -= file.bytes.count
        // Empty lines of the list mean nothing.
        let isSame =
            bytes == file.bytes
            || file.path.lastComponent == ".qd-imd-checksums"
                && bytes.split(separator: 0x0A) == file.bytes.split(separator: 0x0A)
        guard !isIntact || isSame else { throw FuzzFinding(problem: "\(file.path) was changed", file: bytes) }
    }
}
