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
        for file in files {
            file.digest.append(to: &bytes)
            bytes += " \(file.size) \(file.path)\n".utf8
        }
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
        guard let firstEnd = bytes[..<end].firstIndex(of: 0x0A) else { throw corrupt }
        var parser = JSONParser()
        let json: JSONValue
        do {
            json = try parser.parse(Array(bytes[..<firstEnd]))
        } catch {
            throw corrupt
        }
        guard json["format"]?.string?.text == Self.format, let plan = json["plan"]?.string?.text,
            let shard = json["shard"]?.int, let run = json["run"]?.string?.text, Self.isName(run),
            let masks = json["masks"]?.int, let strokes = json["strokes"]?.int,
            let holeRatioSum = json["hole_ratio_sum"]?.int, let count = json["files"]?.int,
            min(masks, strokes, holeRatioSum) >= 0, count >= 0
        else { throw corrupt }
        self.init(plan: plan, shard: shard, run: run)
        totals = MaskTotals(masks: masks, strokes: strokes, holeRatioSum: holeRatioSum)
        files.reserveCapacity(min(count, bytes.count / 70))
        var start = firstEnd + 1
        while start < end, let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) {
            guard let file = File(bytes[start..<lineEnd]) else { throw corrupt }
            files.append(file)
            start = lineEnd + 1
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
        let sizeStart = line.startIndex + 65
        guard line.count > 67, line[sizeStart - 1] == UInt8(ascii: " "), let digest = SHA256.Digest(line.prefix(64))
        else { return nil }
        var (size, position) = (0, sizeStart)
        while position < line.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= line[position] {
            let (tens, overflow) = size.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int(line[position] - UInt8(ascii: "0")))
            if overflow || more { return nil }
            (size, position) = (sum, position + 1)
        }
        guard position > sizeStart, position + 1 < line.endIndex, line[position] == UInt8(ascii: " ") else {
            return nil
        }
        let path = line[(position + 1)...]
        guard Self.isInside(path) else { return nil }
        self.path = String(decoding: path, as: UTF8.self)
        self.size = size
        self.digest = digest
    }

    /// Whether a path stays in its folder: relative, without empty components and `..`.
    private static func isInside(_ path: ArraySlice<UInt8>) -> Bool {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        var (length, dots) = (0, 0)
        for byte in path {
            if byte == 0 { return false }
            if byte == slash {
                if length == 0 || length == 2 && dots == 2 { return false }
                (length, dots) = (0, 0)
            } else {
                length += 1
                if byte == dot { dots += 1 }
            }
        }
        return length > 0 && !(length == 2 && dots == 2)
    }
}
