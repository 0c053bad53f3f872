public import ArgumentParser
import CairoRasterizer
import MaskDataset
public import MaskModel
import MaskRaster
public import PNGCodec

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A size on the command line: `640x480`, or `512` for both sides.
struct SizeArgument: ExpressibleByArgument {
    let size: PixelSize

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(sides.count), let width = sides[0], let height = sides[sides.count - 1],
            let size = PixelSize(width: width, height: height)
        else { return nil }
        self.size = size
    }

    var defaultValueDescription: String { "\(size.width)x\(size.height)" }

    init(_ size: PixelSize) {
        self.size = size
    }
}

/// The formats of an export on the command line: `png,json`.
struct FormatsArgument: ExpressibleByArgument {
    var formats = Set(DatasetFormat.allCases)

    init() {}

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        formats = Set(names.compactMap { DatasetFormat(rawValue: String($0)) })
        guard formats.count == names.count else { return nil }
    }

    var defaultValueDescription: String { "png,json,svg" }
}

extension HoleColor: ExpressibleByArgument {}
extension MaskPNGEncoder.BitDepth: ExpressibleByArgument {}

/// The rasterizers that can be chosen.
enum Backend: String, ExpressibleByArgument, CaseIterable {
    case cairo, exact

    /// Hands a maker of this backend's rasterizers to `body`, one for each task.
    func run<Result>(
        cairo: (@escaping @Sendable () -> CairoRasterizer) async throws -> Result,
        exact: (@escaping @Sendable () -> ExactRasterizer) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .cairo: try await cairo { CairoRasterizer() }
        case .exact: try await exact { ExactRasterizer() }
        }
    }

    /// The longest side of an image, in px.
    var maximumSide: Int {
        switch self {
        case .cairo: CairoRasterizer.maximumSide
        case .exact: PixelSize.maximumSide
        }
    }

    func check(_ size: PixelSize) throws {
        guard max(size.width, size.height) <= maximumSide else {
            throw ValidationError(
                "an image of \(size) px; the \(rawValue) backend expected at most \(maximumSide) px a side")
        }
    }
}

/// How many tasks work at once.
struct JobsOption: ParsableArguments {
    @Option(name: .customLong("jobs"), help: "How many masks are worked on at once, 1 or more. (default: all cores)")
    var requested: Int?

    func validate() throws {
        if let requested, requested < 1 { throw ValidationError("--jobs is \(requested); expected 1 or more") }
    }

    var count: Int { requested ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
