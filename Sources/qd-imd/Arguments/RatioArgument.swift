import ArgumentParser

/// A ratio on the command line: `0.001`, or in percent `0.1%`.
struct RatioArgument: ExpressibleByArgument {
    let ratio: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
        ratio = isPercent ? number / 100 : number
    }
}
