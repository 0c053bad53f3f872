import Archives
import FileAccess

extension ReaderFuzzer {
    /// A tar file to be mutated, and its members.
    struct Tar {
        let bytes: [UInt8]
        let members: [TarMember]
        /// The offsets of the headers of files.
        let headers: [Int]
    }

    /// The program's own tar, and those of others: pax records, GNU's long names, hard links, folders.
    mutating func tars() -> [Tar] {
        let kinds: [[TarBuilder.Kind]] = [
            [.plain], [.plain, .pax, .gnu], [.gnu, .folder, .pax, .link], [.own, .own],
        ]
        return kinds.map { kinds in
            var tar = TarBuilder()
            for (index, kind) in kinds.enumerated() {
                tar.add(kind, index, (0..<mutator.below(1200)).map { _ in mutator.byte() })
            }
            return Tar(
                bytes: tar.bytes + [UInt8](repeating: 0, count: 1024), members: tar.members, headers: tar.headers)
        }
    }

    /// Members are within the file, and a single changed byte of a file's header is found.
    mutating func fuzz(_ tar: Tar) throws {
        var bytes = tar.bytes
        var isHeader = false
        if mutator.below(3) == 0 {
            let place = tar.headers[mutator.below(tar.headers.count)] + mutator.below(512)
            bytes[place] ^= UInt8(1 + mutator.below(255))
            mutator.count(1)
            isHeader = true
        } else if mutator.below(4) == 0, let place = bytes.indices.randomElement(using: &mutator) {
            // Numbers are read only from a header whose checksum is valid.
            bytes[place] = mutator.byte()
            mutator.count(1)
            TarBuilder.seal(&bytes, at: place / 512 * 512)
        } else {
            mutator.mutate(&bytes)
        }
        let path = try write("masks.tar", bytes)
        var members: [TarMember] = []
        do {
            var reader = try TarReader(path)
            while let member = try reader.next() {
                guard member.offset >= 512, member.length >= 0, member.offset + member.length <= bytes.count else {
                    throw FuzzFinding(problem: "\(member) is not in the file", file: bytes)
                }
                members.append(member)
            }
        } catch let finding as FuzzFinding {
            throw finding
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        guard !isHeader || members == tar.members else {
            throw FuzzFinding(problem: "other members, after one changed byte of a header", file: bytes)
        }
        report.readCount += 1
    }
}

/// Writes tar files as different programs do.
struct TarBuilder {
    enum Kind {
        case own, plain, pax, gnu, folder, link
    }

    private(set) var bytes: [UInt8] = []
    private(set) var members: [TarMember] = []
    private(set) var headers: [Int] = []

    mutating func add(_ kind: Kind, _ index: Int, _ data: [UInt8]) {
        let name = "masks/\(index).json"
        switch kind {
        case .own:
            headers.append(bytes.count)
            let start = TarFormat.beginMember(in: &bytes)
            members.append(TarMember(name: name, offset: bytes.count, length: data.count))
            bytes += data
            TarFormat.endMember(named: name, begunAt: start, in: &bytes)
        case .plain: addFile(name, "0", data)
        case .pax:
            let long = "masks/" + String(repeating: "ü", count: 80) + "\(index).json"
            var records: [UInt8] = []
            for record in ["path=\(long)", "mtime=1511000000.25", "size=\(data.count)"] {
                // The length counts its own digits.
                var length = record.utf8.count + 3
                while "\(length) \(record)\n".utf8.count != length { length = "\(length) \(record)\n".utf8.count }
                records += "\(length) \(record)\n".utf8
            }
            addBlock("PaxHeaders/\(index)", "x", records)
            addFile("short", "0", data, as: long)
        case .gnu:
            let long = "masks/" + String(repeating: "long/", count: 30) + "\(index).json"
            addBlock("././@LongLink", "L", Array(long.utf8) + [0])
            addFile("short", "0", data, as: long)
        case .folder: addBlock("masks/", "5", [])
        case .link:
            guard let target = members.first else { return }
            headers.append(bytes.count)
            addBlock("link.json", "1", [], target: String(target.name.prefix(99)))
            members.append(TarMember(name: "link.json", offset: target.offset, length: target.length))
        }
    }

    private mutating func addFile(_ name: String, _ type: Unicode.Scalar, _ data: [UInt8], as member: String? = nil) {
        headers.append(bytes.count)
        members.append(TarMember(name: member ?? name, offset: bytes.count + 512, length: data.count))
        addBlock(name, type, data)
    }

    private mutating func addBlock(_ name: String, _ type: Unicode.Scalar, _ data: [UInt8], target: String = "") {
        var header = [UInt8](repeating: 0, count: 512)
        func set(_ text: String, at place: Int) {
            for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
        }
        set(name, at: 0)
        set("0000644\u{0}0001750\u{0}0001750\u{0}", at: 100)
        let size = String(data.count, radix: 8)
        set(String(repeating: "0", count: 11 - size.utf8.count) + size, at: 124)
        set("13141112345\u{0}", at: 136)
        header[156] = UInt8(ascii: type)
        set(target, at: 157)
        set("ustar\u{0}00user", at: 257)
        bytes += header
        Self.seal(&bytes, at: bytes.count - 512)
        bytes += data
        bytes += [UInt8](repeating: 0, count: -data.count & 511)
    }

    /// Makes the checksum of the header at `place` valid.
    static func seal(_ bytes: inout [UInt8], at place: Int) {
        guard place + 512 <= bytes.count else { return }
        for index in 148..<156 { bytes[place + index] = 0x20 }
        let sum = bytes[place..<place + 512].reduce(0) { $0 + Int($1) }
        let digits = String(sum, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - digits.utf8.count) + digits).utf8.enumerated() {
            bytes[place + 148 + index] = byte
        }
        bytes[place + 154] = 0
    }
}
