import ArgumentParser
import Console

/// The number of concurrent tasks.
struct JobsOption: ParsableArguments {
    @Option(
        name: .customLong("jobs"),
        // With this strategy, a negative number is reported as out of range, not as a missing value.
        parsing: .unconditional,
        help: ArgumentHelp(
            "Number of threads, 1 to 1024. (default: all cores that the process may use)", valueName: "n"))
    var requested: Int?

    private static let limit = 1024

    func validate() throws {
        if let requested, !(1...Self.limit).contains(requested) {
            throw ValidationError("--jobs is \(requested); expected 1 to \(Self.limit)")
        }
    }

    var count: Int { requested ?? min(AvailableProcessors.count, Self.limit) }
}
