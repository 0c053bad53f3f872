import ArgumentParser

/// A range on the command line: `0.5...2`.
struct RangeArgument: ExpressibleByArgument {
    let range: ClosedRange<Double>

    init?(argument: String) {
        guard let dots = argument.firstRange(of: "..."), let low = Double(argument[..<dots.lowerBound]),
            let high = Double(argument[dots.upperBound...]), low <= high
        else { return nil }
        range = low...high
    }
}
