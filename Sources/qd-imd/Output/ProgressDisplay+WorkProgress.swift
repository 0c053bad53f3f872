import Console
import MaskDataset

extension ProgressDisplay {
    /// Shows `progress`.
    ///
    /// - Parameters:
    ///   - label: The operation: `exporting`.
    ///   - unit: The items, in the plural: `masks`.
    init(_ label: String, unit: String, _ progress: WorkProgress) {
        self.init(label, unit: unit) { (progress.done, progress.total) }
    }
}
