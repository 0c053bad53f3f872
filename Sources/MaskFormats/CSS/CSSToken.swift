/// A token of CSS, with its place in the text.
///
/// Names are in lower case, with their escapes resolved, as CSS compares most names without regard to case.
struct CSSToken: Hashable {
    enum Kind: Hashable {
        case space
        case name(String)
        /// A name with an opening parenthesis: `rgb(`; also `url(` up to its closing parenthesis.
        case function(String)
        /// The name after `#`.
        case hash(String)
        /// A name after `@`.
        case atKeyword(String)
        case string
        /// A string that ends with its line, which makes its declaration invalid.
        case badString
        case number(Double)
        case percentage(Double)
        case dimension(Double, unit: String)
        /// Any other character.
        case character(UInt8)
    }

    let kind: Kind
    /// The bytes of the text that the token is.
    let range: Range<Int>
}
