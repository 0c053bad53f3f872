import ArgumentParser

/// Whether gray PNGs are masks.
struct ThresholdOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Accept gray PNGs; values of at least n are white, 1 to 255. (default: values other than 0 and 255 are an \
            error)
            """, valueName: "n"))
    var threshold: UInt8?

    func validate() throws {
        if threshold == 0 { throw ValidationError("--threshold is 0; expected 1 to 255") }
    }
}
