import FileAccess

/// Recognizes formats that contain no drawings that can be read, so that an error can name them.
enum UnsupportedFormat {
    /// The name of the format whose long signature a file begins with, which no other file does by chance.
    static func certainName(of beginning: RawSpan) -> String? {
        for (signature, name) in signatures where signature.count > 4 && beginning.starts(with: signature) {
            return name
        }
        // The digits of π after the version and the size of blocks.
        let bzip2 = beginning.starts(with: Array("BZh".utf8)) && beginning.starts(with: Array("1AY&SY".utf8), at: 4)
        return bzip2 ? "bzip2" : nil
    }

    /// The name of the format that a file begins as; nil if it is none of these.
    static func name(of beginning: RawSpan) -> String? {
        for (signature, name) in signatures where beginning.starts(with: signature) { return name }
        if beginning.starts(with: Array("ustar".utf8), at: 257) { return "a tar file" }
        if isTFRecord(beginning) { return "TFRecord" }
        if isUTF16(beginning) { return "text in UTF-16" }
        for (text, name) in texts where beginning.startsWithText(text) { return name }
        return nil
    }

    private static let signatures: [([UInt8], String)] = [
        ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "HDF5"),
        (Array("PAR1".utf8), "Parquet"),
        (Array("ARROW1".utf8), "Arrow"),
        ([0xFF, 0xFF, 0xFF, 0xFF], "Arrow"),
        (Array("SQLite format 3\0".utf8), "SQLite"),
        (Array("%PDF-".utf8), "PDF"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "PNG"),
        ([0xFF, 0xD8, 0xFF], "JPEG"),
        (Array("GIF8".utf8), "GIF"),
        (Array("RIFF".utf8), "RIFF, as of WebP,"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "RAR"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard"),
        ([0x04, 0x22, 0x4D, 0x18], "LZ4"),
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive in place of a file"),
        ([0x1F, 0x8B, 0x08], "gzip in gzip"),
        ([0x80, 2, 0x63], "a Python pickle"), ([0x80, 2, 0x7D], "a Python pickle"),
        ([0x80, 2, 0x5D], "a Python pickle"),
        ([0x80, 3], "a Python pickle"), ([0x80, 4, 0x95], "a Python pickle"), ([0x80, 5, 0x95], "a Python pickle"),
    ]

    /// What helps, where that is not a file in another format; nil for others.
    static func remedy(for name: String) -> String? {
        switch name {
        case "bzip2", "xz", "Zstandard", "LZ4", "7z", "RAR": "files decompressed, or compressed as .gz or .zip"
        case "gzip in gzip": "a file that is compressed once"
        case "a tar file": "its files in a folder or a .zip archive"
        case "a zip archive in place of a file": "an archive that is not in another"
        case "HTML, as of an error page,": "the file itself, downloaded again"
        case "a pointer of Git LFS": "the file itself (git lfs pull)"
        case "text in UTF-16": "text in UTF-8"
        default: nil
        }
    }

    /// Whether text is in UTF-16, with or without a byte order mark: ASCII in every second byte, zeros in the others.
    private static func isUTF16(_ beginning: RawSpan) -> Bool {
        let start = beginning.starts(with: [0xFF, 0xFE]) || beginning.starts(with: [0xFE, 0xFF]) ? 2 : 0
        guard beginning.byteCount >= start + 16 else { return false }
        return (0...1).contains { parity in
            stride(from: start, to: start + 16, by: 2).allSatisfy { place in
                let letter = beginning.byte(at: place + parity)
                return beginning.byte(at: place + 1 - parity) == 0
                    && (0x20..<0x7F ~= letter || [0x09, 0x0A, 0x0D].contains(letter))
            }
        }
    }

    /// What text begins with, in any case, after white space.
    private static let texts = [
        ("<!doctype html", "HTML, as of an error page,"), ("<html", "HTML, as of an error page,"),
        ("version https://git-lfs", "a pointer of Git LFS"),
    ]

    /// Whether a file begins with a TFRecord: a length, and its masked CRC-32C.
    private static func isTFRecord(_ beginning: RawSpan) -> Bool {
        guard beginning.byteCount >= 16 else { return false }
        var checksum: UInt32 = .max
        for offset in 0..<8 {
            checksum ^= UInt32(beginning.byte(at: offset))
            for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 0 ? 0 : 0x82F6_3B78) }
        }
        checksum = ~checksum
        return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8 == beginning.number(at: 8, as: UInt32.self)
    }
}

extension RawSpan {
    fileprivate func starts(with bytes: [UInt8], at offset: Int = 0) -> Bool {
        guard byteCount >= offset + bytes.count else { return false }
        return bytes.indices.allSatisfy { byte(at: offset + $0) == bytes[$0] }
    }

    /// Whether a text in lowercase comes first, in any case, after white space and a byte order mark.
    fileprivate func startsWithText(_ text: String) -> Bool {
        var place = starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while place < byteCount, [0x20, 0x09, 0x0A, 0x0D].contains(byte(at: place)) { place += 1 }
        guard byteCount - place >= text.utf8.count else { return false }
        return text.utf8.enumerated().allSatisfy { index, letter in
            let found = byte(at: place + index)
            return found == letter || found | 0x20 == letter && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(found)
        }
    }
}
