import ArgumentParser

struct RasterizeCommand: AsyncParsableCommand {
    func run() async throws {}
}
