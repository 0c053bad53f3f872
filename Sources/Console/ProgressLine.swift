/// One line with the progress of an operation, its rate, and the time remaining.
struct ProgressLine: Sendable {
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
        // Before the total is known and after the end, there is nothing to show.
        guard done < total else { return }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(done) / max(seconds, 1e-3)
        var text = "\(label) \(state.amount(done)) of \(state.amount(total)) \(state.unit)"
        if let rate = state.rate(rate) { text += ", \(rate)" }
        if done > 0 { text += ", \(Self.duration(Double(total - done) / rate)) left" }
        if isInteractive {
            let width = 24
            let filled = width * done / total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            Terminal.writeMessage("\r\u{1B}[K\(bar) \(100 * done / total) % \(text)")
        } else {
            Terminal.printMessage(text)
        }
    }

    /// Seconds as `m:ss`, or as `h:mm:ss` from an hour on.
    private static func duration(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return whole >= 3600
            ? "\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
            : "\(whole / 60):\(twoDigits(whole % 60))"
    }
}
