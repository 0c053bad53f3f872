/// What an export or a vectorization does if its output folder is not empty.
public enum ExistingOutput: Hashable, Sendable {
    /// Stops with an error, an export unless the folder is new or empty, a vectorization if it has results there.
    case refuse
    /// Continues what is unfinished, keeps what is finished, and starts if there is nothing: the settings must be the same.
    case resume
    /// Replaces what the same command wrote, finished or not; an export keeps the old dataset until the new one is complete.
    case overwrite
}
