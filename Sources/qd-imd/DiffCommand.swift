import ArgumentParser

struct DiffCommand: AsyncParsableCommand {
    func run() async throws {}
}
