import ArgumentParser
import Dispatch
import JSONText
import MaskDataset
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
        let line = ProgressLine(label: label, unit: unit, progress: progress, isInteractive: isInteractive)
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

/// One line that says how far the work has come, how fast it goes and how long it will take.
private struct ProgressLine: Sendable {
    let label: String
    let unit: String
    let progress: WorkProgress
    let isInteractive: Bool
    private let start = ContinuousClock.now

    init(label: String, unit: String, progress: WorkProgress, isInteractive: Bool) {
        self.label = label
        self.unit = unit
        self.progress = progress
        self.isInteractive = isInteractive
    }

    func show() {
        let (done, total) = (progress.done, progress.total)
        // Before the work is known and after its end there is nothing to tell.
        guard done < total else { return }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(done) / max(seconds, 1e-3)
        var words = "\(label) \(grouped(done)) of \(grouped(total)) \(unit)"
        if rate >= 0.1 { words += ", \(rate < 10 ? DecimalText.string(rate, decimals: 1) : grouped(Int(rate)))/s" }
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

/// A share as per cent with `decimals` places: `13.2 %`.
func percent(_ ratio: Double, decimals: Int = 1) -> String {
    DecimalText.string(100 * ratio, decimals: decimals) + " %"
}
