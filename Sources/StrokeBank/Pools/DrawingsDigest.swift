/// What identifies the drawings of a pool: their fingerprint, and whether all of them are evidently from Quick, Draw!.
///
/// It is the same for files and for a stroke bank of them. The fingerprint is XXH64 of these bytes for each category,
/// numbers being little-endian: the length of the word (4 bytes), the word in UTF-8, the number of drawings (8), and
/// XXH64 (8) of the hashes of its drawings (8 each). The hash of a drawing is XXH64 of its key (8) and its strokes as in
/// the section `points` of a stroke bank.
package struct DrawingsDigest: Hashable, Sendable {
    /// The drawings of a category.
    package struct Category: Hashable, Sendable {
        let word: String
        private(set) var hashes: [UInt64] = []
        private(set) var areFromQuickDraw = true

        init(word: String) {
            self.word = word
        }

        mutating func add(hash: UInt64, isFromQuickDraw: Bool) {
            hashes.append(hash.littleEndian)
            areFromQuickDraw = areFromQuickDraw && isFromQuickDraw
        }
    }

    private var bytes: [UInt8] = []
    private var words: [String] = []
    private var areFromQuickDraw = true

    /// No drawings.
    init() {}

    /// The digest of categories, sorted by the UTF-8 bytes of their words.
    package init(_ categories: [Category]) {
        for category in categories { add(category) }
    }

    mutating func add(_ category: Category) {
        bytes.append(number: UInt32(category.word.utf8.count))
        bytes += category.word.utf8
        bytes.append(number: UInt64(category.hashes.count))
        bytes.append(number: unsafe XXHash64.checksum(of: category.hashes.span.bytes))
        if !category.hashes.isEmpty { words.append(category.word) }
        areFromQuickDraw = areFromQuickDraw && category.areFromQuickDraw
    }

    /// The fingerprint: 16 hexadecimal digits.
    package var fingerprint: String { unsafe XXHash64.checksum(of: bytes.span.bytes).hexadecimal }

    /// The license of the Quick, Draw! Dataset if all drawings are evidently from there, otherwise an unknown one.
    package var license: SourceLicense {
        QuickDrawOriginCheck.license(words: words, areRecordsAccepted: areFromQuickDraw)
    }
}
