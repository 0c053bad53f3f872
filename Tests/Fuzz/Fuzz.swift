public import ArgumentParser
import Foundation
public import ReaderFuzzing
import SystemPackage
import TemporaryFiles

/// `make fuzz`: mutates files at random, and checks the results of reading them.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Damage files at random, the same way for the same seed, and look at what the readers make of them.",
        discussion: "A file with which a reader is wrong is left in the current folder.")

    @Argument(help: "Which readers: \(FuzzedReader.allCases.map(\.rawValue).joined(separator: ", ")). (default: all)")
    var readers: [FuzzedReader] = []

    @Option(help: "How many bytes to damage for each reader.")
    var bytes = 10_000_000

    @Option(help: "Which of 2^64 runs.")
    var seed: UInt64 = 0

    @Option(help: "After how many seconds with one file it counts as a hang, which ends the program by SIGALRM.")
    var timeout: UInt32 = 20

    func run() async throws {
        for reader in readers.isEmpty ? FuzzedReader.allCases : readers {
            let folder = try TemporaryFolder()
            let start = ContinuousClock.now
            do {
                var fuzzer = ReaderFuzzer(seed: seed, folder: folder.path)
                let report = try await fuzzer.run(reader, byteCount: bytes) { alarm(timeout) }
                print(
                    """
                    \(reader.rawValue), seed \(seed): \(report.mutatedCount) bytes changed in \(report.fileCount) files of \
                    \(report.byteCount) bytes, \(report.readCount) read, \(report.refusedCount) refused, \(ContinuousClock.now - start)
                    """)
                // Each line is visible at once.
                fflush(nil)
            } catch let finding as FuzzFinding {
                let name = "finding-\(reader.rawValue)-\(seed)"
                try Data(finding.file).write(to: URL(filePath: name))
                print("\(reader.rawValue), seed \(seed): \(finding); the file is \(name)")
                throw ExitCode(1)
            }
        }
    }
}

extension FuzzedReader: ExpressibleByArgument {}
