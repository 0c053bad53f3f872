import FileAccess
import JSONText
import SystemPackage

/// The completion record of a shard: what was written, by which run, with the sums for the dataset's manifest.
///
/// It exists only after all of its files are complete. The file is text: a line of JSON, a line for each file with its
/// SHA-256, its size, and its path in the run's folder, and a line with the SHA-256 of all lines before it.
struct ShardCompletion: Hashable, Sendable {
    /// The plan's id.
    let plan: String
    let shard: Int
    /// The folder of the process that generated the shard.
    let run: String
    var totals = MaskTotals()
    /// In the order of the masks.
    var files: [File] = []

    /// A complete file.
    struct File: Hashable, Sendable {
        /// Relative to the run's folder.
        let path: String
        let size: Int
        let digest: SHA256.Digest
    }

    init(plan: String, shard: Int, run: String) {
        self.plan = plan
        self.shard = shard
        self.run = run
    }

    /// The record's file.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("format", Self.format)
            json.member("plan", plan)
            json.member("shard", shard)
            json.member("run", run)
            json.member("masks", totals.masks)
            json.member("strokes", totals.strokes)
            json.member("hole_ratio_sum", totals.holeRatioSum)
            json.member("files", files.count)
        }
        json.endLine()
        var bytes = json.bytes
        bytes.reserveCapacity(bytes.count + 120 * files.count)
        for file in files { bytes += "\(file.digest) \(file.size) \(file.path)\n".utf8 }
        let digest = SHA256.digest(of: bytes)
        bytes += "\(digest)\n".utf8
        return bytes
    }

    private static let format = "qd-imd-shard/1"
    /// The length of the last line.
    private static let endLength = 65

    /// Reads a record.
    ///
    /// - Throws: `DataError` if it is incomplete or was changed.
    init(_ bytes: [UInt8], at path: FilePath) throws(DataError) {
        let corrupt = DataError(path, "is incomplete or was changed; expected a completion record as it was written")
        guard bytes.count > Self.endLength else { throw corrupt }
        let end = bytes.count - Self.endLength
        let digest = SHA256.digest(of: Array(bytes[..<end]))
        guard bytes[end...].dropLast().elementsEqual(digest.utf8), bytes.last == 0x0A else { throw corrupt }
        // From here on, it is what this program wrote.
        var lines = bytes[..<end].split(separator: 0x0A).makeIterator()
        var parser = JSONParser()
        let json: JSONValue
        do {
            json = try parser.parse(Array(lines.next() ?? []))
        } catch {
            throw corrupt
        }
        guard json["format"]?.string?.text == Self.format, let plan = json["plan"]?.string?.text,
            let shard = json["shard"]?.int, let run = json["run"]?.string?.text, Self.isName(run),
            let masks = json["masks"]?.int, let strokes = json["strokes"]?.int,
            let holeRatioSum = json["hole_ratio_sum"]?.int, let count = json["files"]?.int
        else { throw corrupt }
        self.init(plan: plan, shard: shard, run: run)
        totals = MaskTotals(masks: masks, strokes: strokes, holeRatioSum: holeRatioSum)
        files.reserveCapacity(min(count, bytes.count / 70))
        while let line = lines.next() {
            guard let file = File(line) else { throw corrupt }
            files.append(file)
        }
        guard files.count == count else { throw corrupt }
    }

    /// Whether a text is the name of a run, and not a path to somewhere else.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text != "." && text != ".." && !text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }
}

extension ShardCompletion.File {
    fileprivate init?(_ line: ArraySlice<UInt8>) {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard parts.count == 3, let digest = SHA256.Digest(String(decoding: parts[0], as: UTF8.self)),
            let size = Int(String(decoding: parts[1], as: UTF8.self)), size >= 0
        else { return nil }
        path = String(decoding: parts[2], as: UTF8.self)
        let components = parts[2].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && $0 != [UInt8(ascii: "."), UInt8(ascii: ".")] }) else { return nil }
        self.size = size
        self.digest = digest
    }
}
