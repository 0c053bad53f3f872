// swift-tools-version: 6.2
import PackageDescription

// A package of its own because versions of SwiftPM before 6.2 refuse unsafe flags in a package that others depend on.
let package = Package(
    name: "simdjson-walk",
    targets: [
        .systemLibrary(
            name: "Clibsimdjson", pkgConfig: "simdjson",
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
        // For this machine's processor: simdjson's on-demand walk is slow without its vector instructions.
        .executableTarget(
            name: "simdjson-walk", dependencies: ["Clibsimdjson"],
            cxxSettings: [.unsafeFlags(["-O3", "-march=native"])]),
    ]
)
