import FileAccess
import JSONText
import MaskModel
import StrokeBank
import SystemPackage

/// The plan in an output folder, as a worker or a merge finds it.
struct PlanFile: Hashable, Sendable {
    static let format = "qd-imd-plan/1"

    let path: FilePath
    let bytes: [UInt8]
    let settings: ExportSettings
    let source: SourceDescription
    let options: PlanOptions

    /// A name for the plan: the start of the SHA-256 of its file, so a plan that was changed is another one.
    var id: String { Self.id(of: bytes) }

    static func id(of bytes: [UInt8]) -> String { String(SHA256.digest(of: bytes).prefix(idLength)) }

    private static let idLength = 16
    /// The largest accepted size of a plan, in bytes.
    static let sizeLimit = 1 << 28

    /// Whether a name can be the id of a plan.
    static func isID(_ name: String) -> Bool {
        name.utf8.count == idLength && name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    /// Whether the file at `path` claims to be a plan of any version of this program.
    static func exists(at path: FilePath) throws(DataError) -> Bool {
        guard try path.kind() == .file else { return false }
        var parser = JSONParser()
        do {
            let json = try parser.parse(try path.readFile(limit: sizeLimit))
            return json["format"]?.string?.text.hasPrefix("qd-imd-plan/") ?? false
        } catch {
            return false
        }
    }

    /// Reads the plan of an output folder.
    ///
    /// - Throws: `DataError` if there is none, it is corrupt, or another version of this program made it.
    init(in output: DatasetPaths) throws(DataError) {
        let path = output.plan
        self.path = path
        guard try path.kind() == .file else {
            throw DataError(path, "no such file; expected the plan of an export: qd-imd plan --output \(output.root)")
        }
        let bytes = try path.readFile(limit: Self.sizeLimit)
        self.bytes = bytes
        var parser = JSONParser()
        let json = try path.locating { try parser.parse(bytes) }
        guard json["format"]?.string?.text == Self.format else {
            throw DataError(path, "not a plan; expected the format \(Self.format)")
        }
        let program = json["program"]?.string?.text ?? "another program"
        guard program == "qd-imd \(programVersion)" else {
            throw DataError(
                path, "was made by \(program), but this is qd-imd \(programVersion); expected the same version")
        }
        var settings = try path.locating { try ExportSettings().applying(json) }
        if let images = json["image_names"]?.elements {
            guard let list = ImageList(images.compactMap(Self.image), in: path) else {
                throw DataError(path, "has an invalid name of an image; expected a plan that qd-imd plan made")
            }
            settings.layouts.images = list
            if let problem = settings.imageCountProblem { throw DataError(path, problem) }
        }
        self.settings = settings
        guard let source = json["source"].flatMap({ SourceDescription($0) }),
            let renderer = json["renderer"]?.string?.text,
            let masksPerShard = json["masks_per_shard"]?.int, masksPerShard > 0, let shards = json["shards"]?.int,
            let name = json["output"]?.string?.text
        else { throw DataError(path, "lacks a member of a plan; expected a plan that qd-imd plan made") }
        self.source = source
        let bank = json["bank"].flatMap { bank -> PlanOptions.Bank? in
            guard let path = bank["path"]?.string?.text, let fingerprint = bank["fingerprint"]?.string?.text else {
                return nil
            }
            return PlanOptions.Bank(path: FilePath(path), fingerprint: fingerprint)
        }
        options = PlanOptions(
            settings, masksPerShard: masksPerShard, renderer: renderer, output: FilePath(name), bank: bank)
        guard self.shards.count == shards else {
            throw DataError(path, "has \(shards) shards; expected \(self.shards.count), as its settings say")
        }
    }

    /// An image of the list, `"cat.jpg"` or `["cat.jpg", [640, 480]]`; nil for anything else.
    private static func image(_ json: JSONValue) -> (path: String, size: PixelSize?)? {
        if let path = json.string?.text { return (path, nil) }
        guard let parts = json.elements.map(Array.init), parts.count == 2, let path = parts[0].string?.text,
            let size = PixelSize(parts[1])
        else { return nil }
        return (path, size)
    }

    /// The shards of the plan.
    var shards: ShardList { ShardList(settings, options) }

    /// Checks that the shards in the folder are not those of another plan; for a plan without a workspace.
    ///
    /// A workspace is created before its plan, and removed after the merge, so this plan was changed.
    func checkHasNoOtherWorkspace(in output: DatasetPaths) throws(DataError) {
        guard let other = try output.workspaceNames().first(where: { $0 != id }) else { return }
        throw DataError(
            path, "is not the plan of the shards in \(output.workspaces.appending(other)); expected an unchanged plan")
    }

    /// Checks that this process draws as the plan says.
    func check(renderer: String) throws(DataError) {
        guard renderer == options.renderer else {
            throw DataError(path, "uses \(options.renderer), but this is \(renderer); expected the same version")
        }
    }

    /// The plan with the strokes of `pool`.
    ///
    /// - Throws: `DataError` if these are not the strokes of the plan, or its shards are not those of this version.
    func plan(with pool: AnyStrokeSource, from source: FilePath, jobs: Int) async throws(DataError) -> ExportPlan {
        // The plan's bank is recognized without reading its drawings.
        if !pool.isBank || pool.quickFingerprint != options.bank?.fingerprint {
            let found = try await pool.digest(jobs: jobs).fingerprint
            guard found == self.source.fingerprint else {
                throw DataError(
                    source,
                    "has the fingerprint \(found), but \(path) is for \(self.source.fingerprint); "
                        + "expected the same drawings")
            }
        }
        let plan = try ExportPlan(settings: settings, pool: pool, source: self.source, options: options)
        guard plan.json == bytes else {
            throw DataError(path, "is not as qd-imd plan made it; expected an unchanged plan")
        }
        return plan
    }

    /// The plan with the strokes at `source`; nil for its bank.
    ///
    /// - Throws: `DataError` if it has no bank and there is no source, or as for `plan(with:from:jobs:)`.
    func plan(
        source: FilePath?, jobs: Int, progress: WorkProgress
    ) async throws(DataError) -> (plan: ExportPlan, pool: AnyStrokeSource) {
        guard let source = source ?? bankPath else {
            throw DataError(path, "names no stroke bank; expected the drawings as an argument")
        }
        let pool = try await AnyStrokeSource(
            source: source, settings: settings.pool, seed: settings.seed, jobs: jobs, progress: progress)
        return (try await plan(with: pool, from: source, jobs: jobs), pool)
    }

    /// The bank of the plan; nil if it has none.
    private var bankPath: FilePath? { options.bank.map { path.removingLastComponent().pushing($0.path) } }
}
