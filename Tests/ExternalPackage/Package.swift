// swift-tools-version: 6.2
import PackageDescription

// A package as a user of the library writes it. By default it depends on this checkout by its path; the tests name
// another checkout (QDIMD_PATH) or a version in a Git repository (QDIMD_GIT, QDIMD_VERSION), and add programs
// (QDIMD_PROGRAMS).
let environment = Context.environment

let qdimd: Package.Dependency =
    if let repository = environment["QDIMD_GIT"], let version = Version(environment["QDIMD_VERSION"] ?? "") {
        .package(url: repository, exact: version)
    } else {
        .package(name: "qd-imd", path: environment["QDIMD_PATH"] ?? "../..")
    }

let programs = ["one-mask"] + (environment["QDIMD_PROGRAMS"] ?? "").split(separator: ",").map(String.init)

let package = Package(
    name: "external-package",
    platforms: [.macOS(.v15)],
    dependencies: [qdimd],
    targets: programs.map { program in
        .executableTarget(name: program, dependencies: [.product(name: "QDIMD", package: "qd-imd")])
    }
)
