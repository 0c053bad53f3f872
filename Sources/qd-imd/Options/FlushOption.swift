import ArgumentParser

/// Whether data reaches the disk before anything vouches for it.
struct FlushOption: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: """
            Flush files to the disk before they are recorded as complete. Without it, a power failure can cost more \
            work, which --resume, merge, and verify detect.
            """)
    var sync = true
}
