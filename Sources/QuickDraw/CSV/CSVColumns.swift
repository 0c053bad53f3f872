/// The columns of a CSV file of drawings, by the names in its first record.
struct CSVColumns {
    /// The number of columns.
    let count: Int
    /// The column of the strokes.
    let drawing: Int
    /// The column of the category; nil if the file's name has to contain it.
    let word: Int?
    /// The column of the key; nil if drawings get a hash of their strokes.
    let keyID: Int?
    /// The column of the country.
    let country: Int?
    /// The column of the time.
    let timestamp: Int?
    /// The column of recognition.
    let recognized: Int?

    /// The columns with these names.
    ///
    /// - Throws: `DrawingRecordError` if there is no column `drawing`, there are two of a name that is used, the
    ///   words are in a column of another name, or lines have no line feed.
    init(_ names: [String]) throws(DrawingRecordError) {
        guard !names.contains(where: { $0.utf8.contains(0x0D) }) else {
            throw .csv("the lines end with CR alone; expected LF, or CR LF")
        }
        func column(_ name: String) throws(DrawingRecordError) -> Int? {
            guard let first = names.firstIndex(of: name) else { return nil }
            guard names.lastIndex(of: name) == first else { throw .csv("two columns \(name); expected one") }
            return first
        }
        guard let drawing = try column("drawing") else {
            let first = names.prefix(8).map { String($0.prefix(40)).debugDescription }.joined(separator: ", ")
            let found = names.count > 8 ? "\(first), …" : first
            throw .csv("no column drawing but \(found); expected one, and commas between columns")
        }
        self.drawing = drawing
        count = names.count
        word = try column("word")
        if word == nil, let name = CategorySynonyms.first(of: names) {
            throw .csv("no column word but \(name.debugDescription); expected the words in a column word")
        }
        keyID = try column("key_id")
        country = try column("countrycode")
        timestamp = try column("timestamp")
        recognized = try column("recognized")
    }
}
