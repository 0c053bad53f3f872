import Console
import MaskDataset

extension ProgressDisplay {
    /// Shows how far `progress` has come.
    ///
    /// - Parameters:
    ///   - label: what is being done: `making`.
    ///   - unit: what is counted: `masks`.
    init(_ label: String, unit: String, _ progress: WorkProgress) {
        self.init(label, unit: unit) { (progress.done, progress.total) }
    }
}
