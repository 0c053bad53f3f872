public import ArgumentParser
public import SystemPackage

extension FilePath: @retroactive ExpressibleByArgument {
    /// A path as it was passed; nil if it is empty.
    public init?(argument: String) {
        self.init(argument)
        if isEmpty { return nil }
    }
}
