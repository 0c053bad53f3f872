import Dispatch
import JSONText

/// Shows the progress of a long operation on standard error: a bar on a terminal, elsewhere a line every ten seconds.
///
/// It runs on a thread of its own, because the operation may occupy all others.
package struct ProgressDisplay {
    private let timer: any DispatchSourceTimer
    private let isInteractive = Terminal.isInteractive

    /// Shows a number of items.
    ///
    /// - Parameters:
    ///   - label: The operation: `exporting`.
    ///   - unit: The items, in the plural: `masks`.
    ///   - counts: How many of how many are done. Called on the display's thread.
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

    /// Shows a number of bytes, in MB.
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

    /// Removes the bar.
    package func end() {
        timer.cancel()
        if isInteractive { Terminal.writeMessage("\r\u{1B}[K") }
    }
}
