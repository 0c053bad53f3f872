/// The license of drawings, and the text that names their authors, as far as they are known.
///
/// Both belong to the drawings: masks of them are derived works.
public struct SourceLicense: Hashable, Sendable {
    /// The SPDX identifier of the license, such as `CC-BY-4.0`; nil if it is unknown.
    public let identifier: String?
    /// The text that names the authors; nil if it is unknown.
    public let attribution: String?

    /// Nothing is known.
    public static let unknown = SourceLicense(checked: nil, nil)

    /// The license of the Quick, Draw! Dataset.
    public static let quickDraw = SourceLicense(
        checked: "CC-BY-4.0",
        """
        The drawings are from the Quick, Draw! Dataset: made available by Google, Inc. under the Creative Commons \
        Attribution 4.0 International license, https://github.com/googlecreativelab/quickdraw-dataset
        """)

    /// What `isIdentifier` expects, for error messages.
    public static let identifierDescription =
        "an SPDX identifier of up to \(identifierLimit) letters, digits, - and ., such as CC-BY-4.0"
    /// What `isAttribution` expects, for error messages.
    public static let attributionDescription = "a text of up to \(attributionLimit) bytes"

    /// The maximum length of an identifier, in bytes.
    static let identifierLimit = 100
    /// The maximum length of an attribution, in bytes; both fit into the header of a bank.
    static let attributionLimit = 3000

    private init(checked identifier: String?, _ attribution: String?) {
        self.identifier = identifier
        self.attribution = attribution
    }

    /// A license; nil if the identifier or the attribution has not the form that it must have.
    public init?(identifier: String?, attribution: String?) {
        guard identifier.map(Self.isIdentifier) ?? true, attribution.map(Self.isAttribution) ?? true else { return nil }
        self.init(checked: identifier, attribution)
    }

    /// Whether a text has the form of an SPDX license identifier, including those of other licenses: `LicenseRef-mine`.
    ///
    /// It need not be on the SPDX list, which grows.
    public static func isIdentifier(_ text: String) -> Bool {
        let name = text.utf8.last == UInt8(ascii: "+") ? text.utf8.dropLast() : text.utf8[...]
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        guard let first = name.first, isAlphanumeric(first), text.utf8.count <= identifierLimit else { return false }
        return name.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    /// Whether a text can be an attribution: it is not empty, and not too long.
    public static func isAttribution(_ text: String) -> Bool {
        !text.allSatisfy(\.isWhitespace) && text.utf8.count <= attributionLimit
    }

    /// This license, with what is unknown taken from `other`; the attribution only if that has the same license.
    public func completed(by other: SourceLicense) -> SourceLicense {
        let isSame = identifier.map { $0 == other.identifier } ?? true
        return SourceLicense(
            checked: identifier ?? other.identifier, attribution ?? (isSame ? other.attribution : nil))
    }
}
