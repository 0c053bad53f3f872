/// The kind of a file, after following links.
public enum FileKind: Hashable, Sendable {
    case file
    case folder
    /// A pipe, a socket, or a device.
    case other
}
