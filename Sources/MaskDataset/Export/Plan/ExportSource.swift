import FileAccess
import StrokeBank
import SystemPackage

/// The drawings of an export, with what the plan says about them.
struct ExportSource {
    let pool: AnyStrokeSource
    /// The settings of the export, with the license of the drawings.
    let settings: ExportSettings
    let description: SourceDescription

    /// Reads the drawings.
    ///
    /// - Parameters:
    ///   - path: The drawings, or a stroke bank.
    ///   - settings: The settings of the export; a license in it precedes that of the drawings.
    ///   - origin: The dataset that is to be reproduced, if any.
    ///   - jobs: The number of tasks, at least 1.
    ///   - progress: Counts the source's files.
    /// - Throws: `DataError` if they cannot be read, or are not those of the origin.
    init(
        at path: FilePath, settings: ExportSettings, origin: ReproductionRequirements?, jobs: Int,
        progress: WorkProgress
    ) async throws(DataError) {
        pool = try await AnyStrokeSource(
            source: path, settings: settings.pool, seed: settings.seed, jobs: jobs, progress: progress)
        let digest = try await pool.digest(jobs: jobs)
        if let origin {
            // Other settings choose other drawings of the same source.
            let compared =
                origin.pool.choosesSameDrawings(as: settings.pool)
                ? digest
                : try await AnyStrokeSource(
                    source: path, settings: origin.pool, seed: settings.seed, jobs: jobs, progress: WorkProgress()
                ).digest(jobs: jobs)
            try origin.check(fingerprint: compared.fingerprint, of: path)
        }
        var licensed = settings
        licensed.license = settings.license.completed(by: pool.license(digest))
        self.settings = licensed
        description = SourceDescription(pool, fingerprint: digest.fingerprint, settings: settings.pool)
    }
}

extension PoolSettings {
    /// Whether two settings choose the same drawings of any source, if perhaps other strokes of them.
    fileprivate func choosesSameDrawings(as other: PoolSettings) -> Bool {
        drawingsPerFile == other.drawingsPerFile && filter == other.filter && skipsDamaged == other.skipsDamaged
    }
}
