import Console
import JSONText
import MaskDataset
import SystemPackage

extension DatasetExport.Summary {
    /// What a dataset contains, in a line.
    func text(of folder: FilePath) -> String {
        """
        \(folder): \(grouped(trainCount)) train and \(grouped(testCount)) test masks \
        from \(grouped(trainCategories)) and \(grouped(testCategories)) categories, \
        mean hole ratio \(percent(meanHoleRatio))
        """
    }
}

/// A number of masks that were generated in some time, with the rate; nil for none.
func generationMessage(_ count: Int, seconds: Double) -> String? {
    guard count > 0, seconds > 0 else { return nil }
    let duration =
        seconds < 60
        ? DecimalText.string(seconds, decimals: 1) + " s" : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    return "\(counted(count, "mask")) in \(duration), \(grouped(Int(Double(count) / seconds))) masks/s"
}
