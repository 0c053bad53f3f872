import JSONText

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The number and duration of repeated passes of a benchmark.
struct Passes {
    /// The number of passes.
    private(set) var count = 0
    /// The total duration, in seconds.
    private(set) var seconds = 0.0
    /// The total CPU time, in seconds, which is nearly independent of other processes on the machine.
    private(set) var cpuSeconds = 0.0

    /// Runs `body` once as a warm-up if requested, and then repeatedly: at least once, and for at least `minimum` seconds.
    init(seconds minimum: Double, warmingUp: Bool = true, _ body: () throws -> Void) rethrows {
        if warmingUp { try body() }
        let clock = ContinuousClock()
        repeat {
            let (start, cpuStart) = (clock.now, Self.cpuNow)
            try body()
            cpuSeconds += Self.cpuNow - cpuStart
            seconds += (clock.now - start) / .seconds(1)
            count += 1
        } while seconds < minimum
    }

    /// The CPU time of this process so far, in seconds.
    private static var cpuNow: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Prints a JSON object on one line.
func printLine(_ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    json.object(members)
    print(String(decoding: json.bytes, as: UTF8.self))
}
