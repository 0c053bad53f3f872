import JSONText
import MaskModel
import MaskRaster

/// A mask in COCO's run-length encoding: column by column from top to bottom, the lengths of alternating runs without
/// and with hole.
struct RunLengthMask: Hashable, Sendable {
    /// The size of the image.
    let size: PixelSize
    /// The ends of the runs, in pixels from the start.
    private let ends: [UInt32]

    /// Why a value is not a run-length encoding.
    struct RunLengthError: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    /// The largest image, in px.
    private static let areaLimit = Int(UInt32.max)

    /// Decodes a `segmentation`: an object of `size`, height and width, and `counts`, as text or as numbers.
    ///
    /// - Throws: `RunLengthError` if it is something else, such as polygons, or the runs do not add up to the size.
    /// - Complexity: O(runs)
    init(_ segmentation: JSONValue) throws(RunLengthError) {
        guard segmentation.kind == .object else {
            throw RunLengthError(
                description: segmentation.kind == .array
                    ? "\"segmentation\" has polygons; expected run lengths (pycocotools: coco.annToRLE)"
                    : "\"segmentation\" is not an object; expected size and counts")
        }
        guard let numbers = segmentation["size"]?.elements.map({ $0.map(\.integer) }), numbers.count == 2,
            let height = numbers[0], let width = numbers[1], let size = PixelSize(width: width, height: height),
            size.area <= Self.areaLimit
        else {
            throw RunLengthError(
                description: "\"size\" is not [height, width]; expected sides of 1 to \(PixelSize.maximumSide) px")
        }
        var runs = Runs(area: size.area)
        if let text = segmentation["counts"]?.string {
            try text.withBytes { (bytes) throws(RunLengthError) in try runs.decode(bytes) }
        } else if let counts = segmentation["counts"]?.elements {
            for count in counts {
                guard let count = count.integer else {
                    throw RunLengthError(description: "\"counts\" has \(count.compactText); expected whole numbers")
                }
                try runs.append(count)
            }
        } else {
            throw RunLengthError(description: "no \"counts\"; expected a text or numbers")
        }
        guard runs.end == size.area else {
            throw RunLengthError(
                description: "\"counts\" add up to \(runs.end) px; expected \(size.area), as of \(size) px")
        }
        self.size = size
        ends = runs.ends
    }

    /// The mask.
    ///
    /// - Complexity: O(pixels of the image / 64 + hole pixels)
    func bitmap() -> Bitmap {
        var bitmap = Bitmap(size: size)
        let (height, wordsPerRow) = (size.height, bitmap.wordsPerRow)
        unsafe bitmap.withMutableWords { words in
            var start = 0
            for (index, end) in ends.enumerated() {
                if index % 2 == 1 {
                    for pixel in start..<Int(end) {
                        let (x, y) = pixel.quotientAndRemainder(dividingBy: height)
                        unsafe words[y * wordsPerRow + x >> 6] |= 1 << UInt64(x & 63)
                    }
                }
                start = Int(end)
            }
        }
        return bitmap
    }

    /// The ends of runs while they are decoded.
    private struct Runs {
        let area: Int
        private(set) var ends: [UInt32] = []
        private(set) var end = 0

        init(area: Int) {
            self.area = area
        }

        mutating func append(_ count: Int) throws(RunLengthError) {
            guard (0...area - end).contains(count) else {
                throw RunLengthError(
                    description: "\"counts\" has a run of \(count) px after \(end) px; expected \(area) px in all")
            }
            // An empty run in the middle of an image changes nothing, but there is no end of them.
            guard ends.count <= 2 * area + 2 else { throw RunLengthError(description: "\"counts\" has too many runs") }
            end += count
            ends.append(UInt32(end))
        }

        /// Decodes the text of pycocotools; see `RunLengthEncoding.text`.
        mutating func decode(_ bytes: RawSpan) throws(RunLengthError) {
            let problem = RunLengthError(description: "\"counts\" is not a text of pycocotools; expected one")
            var counts: [Int] = []
            var place = 0
            while place < bytes.byteCount {
                var (number, shift, hasMore) = (0, 0, true)
                while hasMore {
                    guard place < bytes.byteCount, shift < 60 else { throw problem }
                    let byte = Int(unsafe bytes.unsafeLoad(fromUncheckedByteOffset: place, as: UInt8.self)) - 48
                    place += 1
                    guard (0..<64).contains(byte) else { throw problem }
                    number |= (byte & 0x1F) << shift
                    hasMore = byte & 0x20 != 0
                    shift += 5
                    if !hasMore, byte & 0x10 != 0 { number |= -1 << shift }
                }
                if counts.count > 2 { number += counts[counts.count - 2] }
                counts.append(number)
                try append(number)
            }
        }
    }
}
