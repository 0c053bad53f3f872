/// The stroke bank: one file with all strokes of many drawings, to be mapped into memory. Any stroke is found in O(1).
///
/// All numbers are unsigned and little-endian; offsets are in bytes, from the start of the file unless noted otherwise.
///
/// The file consists of a header and five sections, in this order. Each section begins at the first multiple of 4,096
/// after the end of the previous one, with zeros in between; the file ends with the last section, `checksums`.
///
/// **header**, 4,096 bytes:
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | 89 51 44 42 0D 0A 1A 0A (`QDB`, after the signature of PNG) |
/// | 8 | 4 | version of the format: 1 |
/// | 12 | 4 | length of a block: 4,096 |
/// | 16 | 8 | length of the file |
/// | 24 | 8 | number of categories |
/// | 32 | 8 | number of drawings |
/// | 40 | 8 | number of strokes |
/// | 48 | 8 | number of points |
/// | 56 | 8 | fingerprint: XXH64 of the section `checksums` |
/// | 64 | 5 × 16 | of each section, in order: offset (8) and length (8), without padding |
/// | 144 | 2 | length of the license's SPDX identifier in ASCII; 0 if it is unknown |
/// | 146 | 2 | length of the attribution in UTF-8; 0 if it is unknown |
/// | 148 | | both texts, without a gap |
/// | | | zeros |
/// | 4,088 | 8 | XXH64 of the preceding 4,088 bytes |
///
/// **categories**: 32 bytes each, sorted by the UTF-8 bytes of their words, which are unique; then the words' bytes.
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | number of drawings; in `drawings`, the categories follow one another |
/// | 8 | 8 | number of their strokes |
/// | 16 | 8 | number of drawings without strokes |
/// | 24 | 4 | offset of the word, from the start of the section |
/// | 28 | 4 | length of the word in UTF-8, 1 or more |
///
/// **drawings**: 24 bytes each, in the order of the source within a category, with unique keys.
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | key |
/// | 8 | 8 | offset of its strokes, from the start of the section `points` |
/// | 16 | 4 | time, in whole seconds since 1970 in UTC; 0 if unknown |
/// | 20 | 2 | country, two ASCII letters; zeros if unknown |
/// | 22 | 1 | bits: 1 if the game recognized it, 2 if the drawing is *wide*, 4 if some strokes are empty |
/// | 23 | 1 | 0 |
///
/// **counts**: one byte per drawing, the number of its strokes; 255 means 255 or more. Here, in `categories` and in the
/// header, empty strokes do not count.
///
/// **points**: the strokes of one drawing after another, in the order of `drawings`, without gaps. Numbers take 2
/// bytes, or 4 if the drawing is wide: it has 65,536 or more strokes or points.
///
/// | | |
/// | --- | --- |
/// | one number | number of strokes |
/// | one number per stroke | number of points of the drawing up to the end of the stroke |
/// | 2 bytes per point | x and y, 0 to 255 |
///
/// A stroke that a filter removed when the bank was made is empty: it has no points, so that the other strokes keep the
/// numbers that they have in their drawing.
///
/// **checksums**: 8 bytes for each block of 4,096 bytes between the header and this section, padding included: XXH64 of
/// the block, with seed 0. A reader checks only the blocks that it touches.
enum BankFormat {
    static let magic: [UInt8] = [0x89, 0x51, 0x44, 0x42, 0x0D, 0x0A, 0x1A, 0x0A]
    static let version: UInt32 = 1
    static let blockLength = 4096
    static let headerLength = 4096
    static let licenseOffset = 144
    static let categoryLength = 32
    static let recordLength = 24
    /// The value of a byte in `counts` that means this number of strokes or more.
    static let countLimit = 255

    /// The sections after the header, in order.
    enum Section: Int, CaseIterable, Sendable {
        case categories, drawings, counts, points, checksums

        var name: String { "\(self)" }
    }

    /// The bits of a drawing's record.
    enum Flag {
        static let recognized: UInt8 = 1
        static let wide: UInt8 = 2
        static let emptyStrokes: UInt8 = 4
    }

    /// `length` rounded up to whole blocks.
    static func padded(_ length: Int) -> Int {
        (length + blockLength - 1) / blockLength * blockLength
    }
}
