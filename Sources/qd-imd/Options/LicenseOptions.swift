import ArgumentParser
import StrokeBank

/// What is known about the license of the drawings, if they do not show it themselves.
struct LicenseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            License of the drawings, an SPDX identifier: CC0-1.0, LicenseRef-mine. (default: CC-BY-4.0 for drawings of \
            Quick, Draw!, which are recognized; otherwise none)
            """, valueName: "spdx"))
    var license: String?

    @Option(
        help: ArgumentHelp(
            "Whom to name as the author of the drawings. (default: Google for drawings of Quick, Draw!; otherwise nobody)",
            valueName: "text"))
    var attribution: String?

    func validate() throws {
        if let license, !SourceLicense.isIdentifier(license) {
            throw ValidationError(
                "--license is \(license.debugDescription); expected \(SourceLicense.identifierDescription)")
        }
        if let attribution, !SourceLicense.isAttribution(attribution) {
            let isBlank = attribution.allSatisfy(\.isWhitespace)
            throw ValidationError(
                "--attribution \(isBlank ? "is blank" : "has \(attribution.utf8.count) bytes"); "
                    + "expected \(SourceLicense.attributionDescription)")
        }
    }

    /// The license that the options specify.
    var specified: SourceLicense { SourceLicense(identifier: license, attribution: attribution) ?? .unknown }
}
