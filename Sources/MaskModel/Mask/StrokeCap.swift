/// The form of an end of a brush stroke.
public enum StrokeCap: String, Hashable, Sendable {
    /// A half disc around the end.
    case round
    /// A straight line through the end, perpendicular to the path.
    case butt
}
