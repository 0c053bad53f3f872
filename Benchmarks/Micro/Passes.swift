import JSONText

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// How often a piece of work was done, and how long that took.
struct Passes {
    private(set) var count = 0
    private(set) var seconds = 0.0
    /// The processor's time of it, which what else runs on the machine hardly changes.
    private(set) var cpuSeconds = 0.0

    /// Does `body` once without counting it, and then again and again: at least once, and until it took `wanted`
    /// seconds.
    init(seconds expected: Double, warmingUp: Bool = true, _ body: () throws -> Void) rethrows {
        if warmingUp { try body() }
        let clock = ContinuousClock()
        repeat {
            let (start, cpuStart) = (clock.now, Self.cpuNow)
            try body()
            cpuSeconds += Self.cpuNow - cpuStart
            seconds += (clock.now - start) / .seconds(1)
            count += 1
        } while seconds < expected
    }

    /// The processor's time of this process so far, in seconds.
    private static var cpuNow: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Prints one JSON object on a line of its own.
func printLine(_ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    json.object(members)
    print(String(decoding: json.bytes, as: UTF8.self))
}
