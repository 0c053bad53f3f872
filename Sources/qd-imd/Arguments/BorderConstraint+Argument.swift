public import ArgumentParser
public import MaskModel

extension BorderConstraint: ExpressibleByArgument {
    /// `any`, `touching`, `free`, or `free=20` with the margin in px of the canvas; nil for anything else.
    public init?(argument: String) {
        switch argument {
        case "any": self = .any
        case "touching": self = .touching
        case "free": self = .free(margin: nil)
        default:
            guard argument.hasPrefix("free="), let margin = Double(argument.dropFirst(5)) else { return nil }
            self = .free(margin: margin)
        }
    }
}
