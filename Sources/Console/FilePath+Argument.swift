public import ArgumentParser
public import SystemPackage

extension FilePath: @retroactive ExpressibleByArgument {
    /// The path as it was given; nil if it is empty.
    public init?(argument: String) {
        self.init(argument)
        if isEmpty { return nil }
    }
}
