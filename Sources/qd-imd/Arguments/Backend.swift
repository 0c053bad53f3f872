import ArgumentParser
import CairoRasterizer
import MaskModel
import MaskRaster

/// The available rasterizers.
enum Backend: String, ExpressibleByArgument, CaseIterable {
    case cairo, exact

    /// Calls the closure of this backend with a factory that creates a rasterizer for each task.
    func run<Result>(
        cairo: (@escaping @Sendable () -> CairoRasterizer) async throws -> Result,
        exact: (@escaping @Sendable () -> ExactRasterizer) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .cairo: try await cairo { CairoRasterizer() }
        case .exact: try await exact { ExactRasterizer() }
        }
    }

    /// The rasterizer with the version on which its pixels depend.
    var renderer: String {
        switch self {
        case .cairo: "cairo \(CairoRasterizer.libraryVersion)"
        case .exact: "exact"
        }
    }

    /// The maximum length of a side of an image, in px.
    var maximumSide: Int {
        switch self {
        case .cairo: CairoRasterizer.maximumSide
        case .exact: PixelSize.maximumSide
        }
    }

    /// Rejects an image that is too large for this backend.
    func check(_ size: PixelSize) throws {
        guard max(size.width, size.height) <= maximumSide else {
            throw ValidationError(
                "an image of \(size) px is too large; "
                    + "the \(rawValue) backend supports at most \(maximumSide) px per side")
        }
    }
}
