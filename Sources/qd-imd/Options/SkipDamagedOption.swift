import ArgumentParser

/// Whether corrupt drawings end a command.
struct SkipDamagedOption: ParsableArguments {
    @Flag(
        help: """
            Skip corrupt records and the ends of truncated files, and report how many. By default, the first one is \
            an error. A corrupt stroke bank is always an error.
            """)
    var skipDamaged = false
}
