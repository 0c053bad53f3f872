package import StrokeBank

// How formats name a license that is known by its SPDX identifier.

extension SourceLicense {
    /// Whether the drawings are from the Quick, Draw! Dataset.
    var isQuickDraw: Bool { attribution == SourceLicense.quickDraw.attribution }

    /// What the masks are made from, in titles: `Quick, Draw!` or `hand-drawn`.
    var strokesTitle: String { isQuickDraw ? "Quick, Draw! strokes" : "drawn strokes" }

    /// The identifier as people write it: `CC BY 4.0`.
    package var name: String? {
        guard let identifier else { return nil }
        guard let creativeCommons else { return identifier }
        return "\(creativeCommons.terms == "zero" ? "CC0" : "CC \(creativeCommons.terms.uppercased())") "
            + creativeCommons.version
    }

    /// The page of the license: of Creative Commons, or on SPDX's list; nil for a license that is on no list.
    var url: String? {
        guard let identifier, !identifier.lowercased().hasPrefix("licenseref-") else { return nil }
        guard let creativeCommons else {
            return
                "https://spdx.org/licenses/\(identifier.last == "+" ? String(identifier.dropLast()) : identifier).html"
        }
        let kind = creativeCommons.terms == "zero" ? "publicdomain" : "licenses"
        return "https://creativecommons.org/\(kind)/\(creativeCommons.terms)/\(creativeCommons.version)/"
    }

    /// The terms and the version of a license of Creative Commons: `by-sa` and `4.0`; nil for other licenses.
    private var creativeCommons: (terms: String, version: String)? {
        guard let parts = identifier?.lowercased().split(separator: "-"), parts.count > 1, let version = parts.last,
            ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(version)
        else { return nil }
        if parts == ["cc0", "1.0"] { return ("zero", "1.0") }
        let terms = parts.dropFirst().dropLast()
        guard parts[0] == "cc", let first = terms.first, first == "by",
            terms.dropFirst().allSatisfy({ $0 == "nc" || $0 == "nd" || $0 == "sa" })
        else { return nil }
        return (terms.joined(separator: "-"), String(version))
    }

    /// The lines about the license in the header of a dataset card, which is YAML; nil if it is unknown.
    ///
    /// The hub knows some licenses by names, mostly those of SPDX in lower case. Every other one has to be called "other".
    var cardLines: String? {
        guard let identifier else { return nil }
        let name = identifier.lowercased()
        if Self.hubNames.contains(name) { return "license: \(name)" }
        // An identifier consists of letters, digits, and - . +, which need no escapes.
        let link = url.map { "\nlicense_link: \"\($0)\"" } ?? ""
        return "license: other\nlicense_name: \"\(name)\"" + link
    }

    private static let hubNames: Set<String> = [
        "afl-3.0", "apache-2.0", "artistic-2.0", "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear", "bsl-1.0",
        "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
        "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0",
        "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0",
        "ecl-2.0", "epl-1.0", "epl-2.0", "eupl-1.1", "eupl-1.2", "isc", "mit", "mpl-2.0", "ms-pl", "ncsa", "ofl-1.1",
        "osl-3.0", "postgresql", "unlicense", "wtfpl", "zlib",
    ]

    /// Paragraphs in Markdown about the authors and the license; nil if nothing is known.
    var markdown: String? {
        var paragraphs: [String] = []
        if let attribution { paragraphs.append(Self.quoted(attribution)) }
        if let name { paragraphs.append("License: " + (url.map { "[\(name)](\($0))" } ?? name)) }
        return paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n\n")
    }

    /// A text as a quotation in Markdown that looks like the text: neither markup nor control characters have an effect.
    private static func quoted(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            var quoted = "> "
            for scalar in line.unicodeScalars {
                if #"\`*_[]<>#&|~"#.unicodeScalars.contains(scalar) { quoted.append("\\") }
                quoted.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
            }
            return quoted
        }.joined(separator: "\n")
    }
}
