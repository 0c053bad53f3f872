import ArgumentParser

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The number of concurrent tasks.
struct JobsOption: ParsableArguments {
    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("Number of threads, at least 1. (default: all cores)", valueName: "n"))
    var requested: Int?

    func validate() throws {
        if let requested, requested < 1 { throw ValidationError("--jobs is \(requested); expected at least 1") }
    }

    var count: Int { requested ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
