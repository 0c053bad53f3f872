/// What an export does if its output folder is not empty.
public enum ExistingOutput: Hashable, Sendable {
    /// Stops with an error unless the folder is new or empty.
    case refuse
    /// Continues an unfinished export with the same plan, keeps a finished one, and starts one if there is none.
    case resume
    /// Replaces a dataset of this program, which is kept until the new one is complete, or an unfinished export.
    case overwrite
}
