/// Recognizes the word of a drawing under another name than `word`.
///
/// The category of drawings without a word is in the name of their file. Where they have a label, the file is most likely
/// not named after it.
enum CategorySynonyms {
    /// The first of these names of members or columns that can only mean the word; nil if there is none.
    static func first(of names: some Sequence<String>) -> String? {
        names.first { name in meanings.contains(name.lowercased().filter(\.isLetter)) }
    }

    /// Letters in lowercase: `class_name` and `className` are the same.
    private static let meanings: Set<String> = [
        "word", "words", "label", "labels", "labelname", "class", "classname", "classlabel", "category", "categoryname",
    ]
}
