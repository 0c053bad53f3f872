public import ArgumentParser
public import MaskModel

extension HoleRatioGoal: ExpressibleByArgument {
    /// `any`, or a range such as `0.2...0.3`; nil for anything else.
    public init?(argument: String) {
        if argument == "any" {
            self = .any
        } else if let argument = RangeArgument(argument: argument) {
            self = .within(argument.range)
        } else {
            return nil
        }
    }
}
