internal import CCairo

extension CairoRasterizer {
    /// The version of the cairo library that draws: `1.16.0`.
    public static var libraryVersion: String {
        cairo_version_string().map { String(cString: $0) } ?? "of an unknown version"
    }
}
