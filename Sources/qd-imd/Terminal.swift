import ArgumentParser
import Dispatch
import JSONText
import MaskDataset
import QuickDrawDownload
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What goes to people: words on standard error, data on standard output.
enum Terminal {
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line of words. That they cannot be written is no reason to stop.
    static func say(_ words: String) {
        show(words + "\n")
    }

    /// Writes a line of words in the place of a bar, which comes again below it.
    static func sayAboveBar(_ words: String) {
        say((isInteractive ? "\r\u{1B}[K" : "") + words)
    }

    /// Writes words as they are.
    fileprivate static func show(_ words: String) {
        do {
            _ = try FileDescriptor.standardError.writeAll(words.utf8)
        } catch {}
    }

    /// Writes data. A reader that has gone away is no failure.
    static func output(_ data: String) throws {
        do {
            _ = try FileDescriptor.standardOutput.writeAll(data.utf8)
        } catch Errno.brokenPipe {
        } catch {
            throw failure("standard output: cannot be written: \(error)")
        }
    }

    /// Says what went wrong, in one line, and ends the command with `code`.
    static func failure(_ error: any Error, code: Int32 = 1) -> any Error {
        error is ValidationError || error is ExitCode ? error : failure("\(error)", code: code)
    }

    private static func failure(_ problem: String, code: Int32 = 1) -> any Error {
        say(problem)
        return ExitCode(code)
    }
}

/// Shows how far a long piece of work has come: a bar on a terminal, elsewhere a line every ten seconds.
///
/// It has a thread of its own, as the work may take all others.
struct ProgressDisplay {
    private let timer: any DispatchSourceTimer
    private let isInteractive = Terminal.isInteractive

    /// - Parameters:
    ///   - label: what is being done: `making`.
    ///   - unit: what is counted: `masks`.
    init(_ label: String, unit: String, _ progress: WorkProgress) {
        self.init(label) {
            ProgressState(done: progress.done, total: progress.total, unit: unit) { rate in
                if rate < 0.1 { return nil }
                return "\(rate < 10 ? DecimalText.string(rate, decimals: 1) : grouped(Int(rate)))/s"
            } amount: {
                grouped($0)
            }
        }
    }

    /// The same for bytes, which it tells in MB.
    init(_ label: String, bytesOf progress: TransferProgress) {
        self.init(label) {
            ProgressState(done: progress.done, total: progress.total, unit: "MB") { rate in
                "\(DecimalText.string(rate / 1e6, decimals: 1)) MB/s"
            } amount: {
                megabytes($0)
            }
        }
    }

    private init(_ label: String, state: @escaping @Sendable () -> ProgressState) {
        let line = ProgressLine(label: label, state: state, isInteractive: isInteractive)
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "progress"))
        let step: DispatchTimeInterval = isInteractive ? .milliseconds(100) : .seconds(10)
        timer.schedule(deadline: .now() + step, repeating: step)
        timer.setEventHandler { line.show() }
        timer.activate()
    }

    /// Takes the bar away.
    func end() {
        timer.cancel()
        if isInteractive { Terminal.show("\r\u{1B}[K") }
    }
}

/// How far some work has come, and how its amounts are told.
private struct ProgressState {
    let done: Int
    let total: Int
    let unit: String
    /// Tells an amount a second, if it is worth telling.
    let rate: (Double) -> String?
    let amount: (Int) -> String
}

/// One line that says how far the work has come, how fast it goes and how long it will take.
private struct ProgressLine: Sendable {
    let label: String
    let state: @Sendable () -> ProgressState
    let isInteractive: Bool
    private let start = ContinuousClock.now

    init(label: String, state: @escaping @Sendable () -> ProgressState, isInteractive: Bool) {
        self.label = label
        self.state = state
        self.isInteractive = isInteractive
    }

    func show() {
        let state = state()
        let (done, total) = (state.done, state.total)
        // Before the work is known and after its end there is nothing to tell.
        guard done < total else { return }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(done) / max(seconds, 1e-3)
        var words = "\(label) \(state.amount(done)) of \(state.amount(total)) \(state.unit)"
        if let text = state.rate(rate) { words += ", \(text)" }
        if done > 0 { words += ", \(Self.clock(Double(total - done) / rate)) left" }
        if isInteractive {
            let width = 24
            let filled = width * done / total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            Terminal.show("\r\u{1B}[K\(bar) \(100 * done / total) % \(words)")
        } else {
            Terminal.say(words)
        }
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return whole >= 3600
            ? "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))" : "\(whole / 60):\(two(whole % 60))"
    }
}

/// A whole number with its thousands set apart: `60,000`.
func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
}

/// Bytes in MB, with one decimal below 100: `12.3`.
func megabytes(_ bytes: Int) -> String {
    bytes < 100_000_000 ? DecimalText.string(Double(bytes) / 1e6, decimals: 1) : grouped(bytes / 1_000_000)
}

/// A share as per cent with `decimals` places: `13.2 %`.
func percent(_ ratio: Double, decimals: Int = 1) -> String {
    DecimalText.string(100 * ratio, decimals: decimals) + " %"
}
