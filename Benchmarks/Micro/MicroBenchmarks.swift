import ArgumentParser

/// Times parts of the program in-process, on one core. Every line of output is a JSON object.
@main
struct MicroBenchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "micro-benchmarks",
        abstract: "Time parts of the program on one core, in memory; prints JSON Lines.",
        subcommands: [
            MasksBenchmark.self, SoftBenchmark.self, BytesBenchmark.self, StepsBenchmark.self, PipelineBenchmark.self,
            PoolBenchmark.self,
        ])
}
