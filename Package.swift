// swift-tools-version: 6.2
import PackageDescription

/// Only the project's own builds (`make`, `.ci/run`) turn warnings into errors: a newer compiler, with new warnings,
/// must not break the build of a package that depends on this one.
let warningsAsErrors: [SwiftSetting] =
    Context.environment["QDIMD_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : []

/// What every Swift target is built with: the strictest checks that the compiler has. Code says `unsafe` wherever it
/// touches C or raw memory.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
        .strictMemorySafety(),
    ] + warningsAsErrors

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// The tests of one target: facts about it, in a folder that mirrors its sources.
func tests(of target: String, with dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(target)Tests", dependencies: [.byName(name: target)] + dependencies,
        swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility")] + warningsAsErrors)
}

/// A system library that pkg-config finds and the system's package manager installs.
func system(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

/// The parts of a report's page, which become arrays of bytes in the program: it needs no file beside it.
let pageParts =
    ["page.html"]
    + ["base", "charts", "tables", "gallery", "viewer", "print"].map { "Styles/\($0).css" }
    + [
        "elements", "numbers", "decoding", "buckets", "theme", "charts", "heatMap", "maskImage", "pairImage", "metrics",
        "zoom", "viewer", "gallery", "maskDetails", "maskGallery", "datasetSections", "diffSections", "main",
    ].map { "Scripts/\($0).js" }

/// `make docs` alone needs the documentation plugin; a package that depends on this one does not fetch it.
let documentation: [Package.Dependency] =
    Context.environment["QDIMD_DOCS"] == "1"
    ? [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")] : []

/// The targets of the library `QDIMD`; the target of that name re-exports all others.
let libraryTargets = [
    "PlaneGeometry", "MaskModel", "MaskRaster", "MaskGeneration", "FileAccess", "StrokeBank", "JSONText", "Archives",
    "MaskFormats", "QuickDraw", "CairoRasterizer", "PNGCodec", "JPEGCodec", "MaskTracing", "MaskDiff", "MaskDataset",
    "MaskReport",
]

let package = Package(
    name: "qd-imd",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "qd-imd", targets: ["qd-imd"]),
        .executable(name: "qd-imd-download", targets: ["qd-imd-download"]),
        .library(name: "QDIMD", targets: ["QDIMD"] + libraryTargets),
        .library(name: "qdimd", type: .dynamic, targets: ["CQDIMD"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
    ] + documentation,
    targets: [
        system("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev", brew: "cairo"),
        system("CExpat", pkgConfig: "expat", apt: "libexpat1-dev", brew: "expat"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),
        system("Clibpng", pkgConfig: "libpng", apt: "libpng-dev", brew: "libpng"),
        system("Clibjpeg", pkgConfig: "libjpeg", apt: "libjpeg-dev", brew: "jpeg-turbo"),
        system("Clibcurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev", brew: "curl"),
        system("Clibsimdjson", pkgConfig: "simdjson", apt: "libsimdjson-dev", brew: "simdjson"),
        .systemLibrary(name: "CSystemCalls"),
        .target(name: "CPNG", dependencies: ["Clibpng"]),
        .target(name: "CJPEG", dependencies: ["Clibjpeg"]),
        .target(name: "CSimdjson", dependencies: ["Clibsimdjson"]),
        .target(name: "CFileMapping"),
        .target(name: "CMemoryLimit"),
        .target(name: "CHTTPTransfer", dependencies: ["Clibcurl"]),

        .target(name: "PlaneGeometry", swiftSettings: strict),
        .target(name: "MaskModel", dependencies: ["PlaneGeometry"], swiftSettings: strict),
        .target(name: "JSONText", dependencies: ["CSimdjson"], swiftSettings: strict),
        .target(name: "MaskRaster", dependencies: ["PlaneGeometry", "MaskModel"], swiftSettings: strict),
        .target(
            name: "MaskGeneration", dependencies: ["PlaneGeometry", "MaskModel", "MaskRaster"], swiftSettings: strict),
        .target(
            name: "FileAccess", dependencies: ["CCrypto", "CFileMapping", "CSystemCalls", systemPackage],
            swiftSettings: strict),
        .target(
            name: "StrokeBank",
            dependencies: [
                "CSystemCalls", "PlaneGeometry", "MaskModel", "MaskGeneration", "FileAccess", systemPackage,
            ],
            swiftSettings: strict),
        .target(name: "Archives", dependencies: ["CZlib", "FileAccess", systemPackage], swiftSettings: strict),
        .target(
            name: "MaskFormats",
            dependencies: ["PlaneGeometry", "MaskModel", "JSONText", "CExpat"],
            swiftSettings: strict),
        .target(
            name: "QuickDraw",
            dependencies: [
                "PlaneGeometry", "MaskModel", "MaskGeneration", "StrokeBank", "JSONText", "FileAccess", "Archives",
                "MaskFormats", systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "CairoRasterizer",
            dependencies: ["CCairo", "PlaneGeometry", "MaskModel", "MaskRaster"],
            swiftSettings: strict),
        .target(name: "Deflate", swiftSettings: strict),
        .target(
            name: "PNGCodec", dependencies: ["CPNG", "CZlib", "MaskModel", "MaskRaster", "Deflate"],
            swiftSettings: strict),
        .target(
            name: "JPEGCodec", dependencies: ["CJPEG", "MaskModel", "MaskRaster", "PNGCodec"], swiftSettings: strict),
        .target(
            name: "MaskTracing", dependencies: ["PlaneGeometry", "MaskModel", "MaskRaster"], swiftSettings: strict),
        .target(name: "MaskDiff", dependencies: ["MaskModel", "MaskRaster"], swiftSettings: strict),
        .target(
            name: "MaskDataset",
            dependencies: [
                "PlaneGeometry", "MaskModel", "MaskRaster", "MaskGeneration", "FileAccess", "StrokeBank", "JSONText",
                "Archives", "QuickDraw", "MaskFormats", "PNGCodec", "JPEGCodec", "MaskTracing", "MaskDiff",
                systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "MaskReport",
            dependencies: [
                "PlaneGeometry", "MaskModel", "FileAccess", "StrokeBank", "JSONText", "MaskFormats", "MaskRaster",
                "PNGCodec", "MaskTracing", "MaskDiff", "MaskDataset", systemPackage,
            ],
            resources: pageParts.map { .embedInCode("Page/\($0)") },
            swiftSettings: strict),
        // The C interface, for other languages.
        .systemLibrary(name: "CQDIMDHeader"),
        .target(
            name: "CQDIMD",
            dependencies: [
                "CQDIMDHeader", "MaskModel", "MaskRaster", "JSONText", "FileAccess", "MaskFormats", "PNGCodec",
                "MaskDiff", "MaskTracing", "MaskDataset", systemPackage,
            ],
            swiftSettings: strict),
        // What a package that depends on this one imports, and the catalog of the documentation.
        .target(
            name: "QDIMD", dependencies: libraryTargets.map { .byName(name: $0) } + [systemPackage],
            swiftSettings: strict),
        .target(
            name: "QuickDrawDownload",
            dependencies: [
                "CHTTPTransfer", "CCrypto", "StrokeBank", "JSONText", "FileAccess", "Archives", "QuickDraw",
                systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "Console",
            dependencies: [
                "CMemoryLimit", "StrokeBank", "JSONText", "FileAccess", "QuickDraw", systemPackage, argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "qd-imd",
            dependencies: [
                "PlaneGeometry", "MaskModel", "MaskRaster", "MaskGeneration", "StrokeBank", "JSONText", "FileAccess",
                "QuickDraw", "MaskFormats", "CairoRasterizer", "PNGCodec", "MaskTracing", "MaskDiff", "MaskDataset",
                "MaskReport", "Console", systemPackage, argumentParser,
            ],
            swiftSettings: strict),
        // Beside the other, for it alone: a library for the network takes longer to load than a mask to draw.
        .executableTarget(
            name: "qd-imd-download",
            dependencies: ["StrokeBank", "QuickDraw", "QuickDrawDownload", "Console", systemPackage, argumentParser],
            swiftSettings: strict),

        // What `make bench` runs beside the program and its peers.
        .target(name: "CLibpngWriter", dependencies: ["Clibpng"], path: "Benchmarks/CLibpngWriter"),
        .executableTarget(
            name: "micro-benchmarks",
            dependencies: [
                "MaskModel", "MaskRaster", "MaskGeneration", "StrokeBank", "JSONText", "FileAccess", "Archives",
                "QuickDraw", "MaskFormats", "CairoRasterizer", "PNGCodec", "CLibpngWriter", systemPackage,
                argumentParser,
            ],
            path: "Benchmarks/Micro",
            swiftSettings: strict),

        // What the tests of several targets share: masks and rasters to try, the exact rule as a formula, folders that
        // go away again.
        .target(
            name: "MaskSamples", dependencies: ["PlaneGeometry", "MaskModel", "MaskRaster"],
            path: "Tests/MaskSamples", swiftSettings: strict),
        .target(
            name: "DrawingSamples", dependencies: ["PlaneGeometry", "MaskModel", "MaskGeneration", "StrokeBank"],
            path: "Tests/DrawingSamples", swiftSettings: strict),
        .target(
            name: "TemporaryFiles", dependencies: ["FileAccess", systemPackage], path: "Tests/TemporaryFiles",
            swiftSettings: strict),
        // zlib itself, with which tests compare the project's own streams and checksums.
        .target(name: "ZlibReference", dependencies: ["CZlib"], path: "Tests/ZlibReference", swiftSettings: strict),
        // What `make fuzz` runs at length, and the tests for a moment.
        .target(
            name: "ReaderFuzzing",
            dependencies: [
                "CZlib", "PlaneGeometry", "MaskModel", "MaskRaster", "MaskGeneration", "StrokeBank", "JSONText",
                "FileAccess", "Archives", "QuickDraw", "MaskFormats", "PNGCodec", "MaskDataset", systemPackage,
            ],
            path: "Tests/ReaderFuzzing", swiftSettings: strict),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "ReaderFuzzing", "TemporaryFiles", systemPackage,
                argumentParser,
            ],
            path: "Tests/Fuzz", swiftSettings: strict),
        tests(of: "ReaderFuzzing", with: ["TemporaryFiles", systemPackage]),
        tests(of: "PlaneGeometry"),
        tests(of: "MaskModel", with: ["PlaneGeometry", "MaskSamples"]),
        tests(of: "JSONText"),
        tests(of: "MaskGeneration", with: ["PlaneGeometry", "MaskModel", "MaskRaster", "MaskSamples"]),
        tests(of: "Console", with: ["TemporaryFiles", systemPackage]),
        tests(of: "FileAccess", with: ["TemporaryFiles", systemPackage]),
        tests(of: "Archives", with: ["FileAccess", "TemporaryFiles", systemPackage]),
        tests(
            of: "StrokeBank",
            with: [
                "PlaneGeometry", "MaskModel", "MaskGeneration", "FileAccess", "QuickDraw", "MaskSamples",
                "DrawingSamples",
                "ReaderFuzzing", "TemporaryFiles", systemPackage,
            ]),
        tests(
            of: "QuickDraw",
            with: [
                "PlaneGeometry", "MaskModel", "MaskGeneration", "StrokeBank", "JSONText", "FileAccess", "Archives",
                "DrawingSamples", "TemporaryFiles", "ReaderFuzzing", systemPackage,
            ]),
        tests(
            of: "QuickDrawDownload", with: ["StrokeBank", "FileAccess", "QuickDraw", "TemporaryFiles", systemPackage]),
        tests(of: "MaskFormats", with: ["PlaneGeometry", "MaskModel", "JSONText", "MaskSamples"]),
        tests(of: "MaskRaster", with: ["PlaneGeometry", "MaskModel", "MaskSamples"]),
        tests(of: "CairoRasterizer", with: ["PlaneGeometry", "MaskModel", "MaskRaster", "MaskSamples"]),
        tests(of: "Deflate", with: ["MaskModel", "ZlibReference"]),
        tests(of: "PNGCodec", with: ["MaskModel", "MaskRaster", "MaskSamples", "ZlibReference"]),
        tests(of: "MaskTracing", with: ["PlaneGeometry", "MaskModel", "MaskRaster", "MaskSamples"]),
        tests(of: "MaskDiff", with: ["MaskModel", "MaskRaster", "MaskSamples"]),
        tests(
            of: "MaskDataset",
            with: [
                "PlaneGeometry", "MaskModel", "JSONText", "FileAccess", "QuickDraw", "MaskFormats", "MaskRaster",
                "PNGCodec", "MaskDiff", "MaskSamples", "TemporaryFiles", "MaskGeneration", "StrokeBank", "Archives",
                systemPackage,
            ]),
        tests(
            of: "MaskReport",
            with: [
                "PlaneGeometry", "MaskModel", "JSONText", "MaskFormats", "MaskRaster", "PNGCodec", "MaskDiff",
                "MaskDataset", "TemporaryFiles", systemPackage,
            ]),
    ]
)
