import FileAccess
import JSONText
import MaskModel
import MaskTracing
import PNGCodec
import SystemPackage

/// Everything that determines the results of a vectorization but the pixels, which each mask's figures identify.
struct VectorizationSettings: Sendable {
    private let vectorization: Vectorization

    init(_ vectorization: Vectorization) {
        self.vectorization = vectorization
    }

    private static let namesMember: StaticString = "names"

    /// The settings as members of an object.
    func write(to json: inout JSONWriter) {
        json.member("format", "qd-imd-vectorization/1")
        json.member("program", programVersion)
        json.member("fidelity", vectorization.options.fidelity.rawValue)
        json.member("shapes", vectorization.options.shapes.rawValue)
        json.member("caps", vectorization.options.caps.rawValue)
        json.member("hole", vectorization.reader.holeColor.rawValue)
        if let threshold = vectorization.reader.threshold { json.member("threshold", Int(threshold)) }
        if let channel = vectorization.reader.channel { json.member("channel", channel.rawValue) }
        json.member("masks", vectorization.masks.items.count)
        var names = StableHash()
        for item in vectorization.masks.items { names.combine(item.name + "\n") }
        json.member(Self.namesMember, String(names.value, radix: 16))
    }

    /// The settings as a file.
    var json: [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in write(to: &json) }
        json.endLine()
        return json.bytes
    }

    /// Checks that a file that `write` has written has these settings.
    ///
    /// - Throws: `DataError` of the output folder that names the first difference.
    func check(against stored: JSONValue) throws(DataError) {
        let output = vectorization.output
        let difference = try output.locating {
            var parser = JSONParser()
            return try parser.parse(json).firstDifference(from: stored, optional: ["threshold", "channel"])
        }
        guard let (member, stored, current) = difference else { return }
        if member == "\(Self.namesMember)" {
            throw DataError(output, "was made of masks with other names; expected the same masks, or --overwrite")
        }
        throw DataError(
            output,
            "this vectorization uses \(stored.map { "\(member) \($0)" } ?? "no \(member)"), this command uses "
                + "\(current ?? "none"); expected the same settings, or --overwrite")
    }
}
