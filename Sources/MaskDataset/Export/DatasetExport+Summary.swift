import MaskModel
public import StrokeBank

extension DatasetExport {
    /// The result of an export.
    public struct Summary: Hashable, Sendable {
        /// The number of masks for training.
        public let trainCount: Int
        /// The number of masks for testing.
        public let testCount: Int
        /// The number of categories assigned to train, with or without masks.
        public let trainCategories: Int
        /// The number of categories assigned to test, with or without masks.
        public let testCategories: Int
        /// The mean hole ratio of all masks, 0 to 1.
        public let meanHoleRatio: Double
        /// The number of masks that already existed, from an interrupted or finished export.
        public let resumedCount: Int
        /// What the source contains but the stroke pool does not.
        public let skippedContents: SkippedContents
        /// The license of the drawings, as far as it is known.
        public let license: SourceLicense

        init(_ manifest: DatasetManifest, resumedCount: Int, skippedContents: SkippedContents = SkippedContents()) {
            trainCount = manifest.masks[.train] ?? 0
            testCount = manifest.masks[.test] ?? 0
            trainCategories = manifest.categories[.train]?.count ?? 0
            testCategories = manifest.categories[.test]?.count ?? 0
            let sum =
                Double(trainCount) * (manifest.meanHoleRatio[.train] ?? 0)
                + Double(testCount) * (manifest.meanHoleRatio[.test] ?? 0)
            meanHoleRatio = sum / Double(max(trainCount + testCount, 1))
            self.resumedCount = resumedCount
            self.skippedContents = skippedContents
            license = manifest.license
        }
    }
}
