internal import CCairo

extension CairoRasterizer {
    /// The version of the cairo library that draws: `1.16.0`.
    public static var libraryVersion: String {
        unsafe cairo_version_string().map { unsafe String(cString: $0) } ?? "of an unknown version"
    }
}
