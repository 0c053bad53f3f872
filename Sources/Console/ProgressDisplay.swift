import Dispatch
import JSONText

/// Shows how far a long piece of work has come: a bar on a terminal, elsewhere a line every ten seconds.
///
/// It has a thread of its own, as the work may take all others.
package struct ProgressDisplay {
    private let timer: any DispatchSourceTimer
    private let isInteractive = Terminal.isInteractive

    /// - Parameters:
    ///   - label: what is being done: `making`.
    ///   - unit: what is counted: `masks`.
    ///   - counts: how many are done, of how many; it is asked on the display's thread.
    package init(_ label: String, unit: String, _ counts: @escaping @Sendable () -> (done: Int, total: Int)) {
        self.init(label) {
            let (done, total) = counts()
            return ProgressState(done: done, total: total, unit: unit) { rate in
                if rate < 0.1 { return nil }
                return "\(rate < 10 ? DecimalText.string(rate, decimals: 1) : grouped(Int(rate)))/s"
            } amount: {
                grouped($0)
            }
        }
    }

    /// The same for bytes, which it tells in MB.
    package init(_ label: String, bytes counts: @escaping @Sendable () -> (done: Int, total: Int)) {
        self.init(label) {
            let (done, total) = counts()
            return ProgressState(done: done, total: total, unit: "MB") { rate in
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
    package func end() {
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
