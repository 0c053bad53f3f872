public import ArgumentParser
public import QuickDraw

extension StorageBucket: ExpressibleByArgument {
    /// The bucket at a base address; nil if the address is invalid.
    public init?(argument: String) {
        self.init(base: argument)
    }

    /// The base address.
    public var defaultValueDescription: String { base }
}
