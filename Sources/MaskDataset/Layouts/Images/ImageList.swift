public import FileAccess
public import MaskModel
public import SystemPackage

/// A list of images after which masks are named, and whose sizes they can have.
public struct ImageList: Hashable, Sendable {
    /// The file of the list.
    public let path: FilePath
    /// The paths of the images as the list has them, in its order.
    public let imagePaths: [String]
    /// The unique names of the images without folders and extensions.
    public let stems: [String]
    /// The sizes of the images; nil if they were not read.
    public let sizes: [PixelSize]?

    /// Reads a list with one path per line, in UTF-8; empty lines are ignored.
    ///
    /// - Parameters:
    ///   - path: The file of the list.
    ///   - readsSizes: Whether to read the sizes of the images, relative paths from the working directory; otherwise
    ///     the images need not exist.
    /// - Throws: `DataError` if the list cannot be read or is empty, a line is not the path of a file, the masks of two
    ///   images would have the same name, or the size of an image cannot be read.
    /// - Complexity: O(bytes + images)
    public init(_ path: FilePath, readsSizes: Bool = false) throws(DataError) {
        var paths: [String] = []
        var stems: [String] = []
        // By bytes: strings that look the same are equal, but can be the names of two files.
        var lines: [[UInt8]: Int] = [:]
        var bytes = try path.readFile(limit: 1 << 28)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        for (index, bytes) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            guard let line = String(validating: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self) else {
                throw DataError(path, line: number, "not UTF-8; expected the path of an image in UTF-8")
            }
            if line.allSatisfy(\.isWhitespace) { continue }
            guard let stem = Self.stem(line) else {
                throw DataError(
                    path, line: number, "\(line.debugDescription) is not a path; expected the path of an image")
            }
            if let first = lines.updateValue(number, forKey: Array(stem.utf8)) {
                throw DataError(
                    path, "lines \(first) and \(number) both name an image \(stem); expected unique names")
            }
            paths.append(line)
            stems.append(stem)
        }
        guard !stems.isEmpty else { throw .nothingToDo(path, expected: "paths of images, one per line") }
        var sizes: [PixelSize] = []
        if readsSizes {
            for image in paths { sizes.append(try ImageHeader.size(of: FilePath(image))) }
        }
        self.path = path
        self.imagePaths = paths
        self.stems = stems
        self.sizes = readsSizes ? sizes : nil
    }

    /// Checks that the images exist, relative paths from the working directory.
    ///
    /// - Throws: `DataError` of the first image that is no file.
    public func checkImagesExist() throws(DataError) {
        for image in imagePaths where try FilePath(image).kind() != .file {
            throw DataError(FilePath(image), "no such file; expected an image, to be linked beside its mask")
        }
    }

    /// The images in a plan, which are from a list that was read before; nil if one of them cannot have been in a list.
    ///
    /// - Parameters:
    ///   - images: The paths, and the sizes or nil.
    ///   - plan: The plan's file.
    init?(_ images: [(path: String, size: PixelSize?)], in plan: FilePath) {
        path = plan
        imagePaths = images.map(\.path)
        stems = images.compactMap { Self.stem($0.path) }
        let sizes = images.compactMap(\.size)
        guard stems.count == images.count, sizes.isEmpty || sizes.count == images.count else { return nil }
        self.sizes = sizes.isEmpty ? nil : sizes
    }

    /// The name of the file at a path without its extension; nil if a mask cannot be named after it. Paths of Windows are
    /// paths, too.
    private static func stem(_ path: String) -> String? {
        guard !path.contains("\0"), let stem = FilePath(String(path.map { $0 == "\\" ? "/" : $0 })).stem,
            isName(stem)
        else { return nil }
        return stem
    }

    /// Whether a mask can be named after an image: LaMa finds no hidden files, and a control character, as of a table, is
    /// hardly meant to be in a name.
    private static func isName(_ stem: String) -> Bool {
        !stem.isEmpty && !stem.hasPrefix(".") && stem.utf8.count <= 230
            && !stem.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// A hash of the names and sizes, by which a resumed export recognizes a different list.
    ///
    /// - Parameter includesPaths: Whether the dataset contains the paths, or the images themselves.
    func fingerprint(includesPaths: Bool) -> String {
        var lines = includesPaths ? imagePaths : stems
        if let sizes { lines += sizes.map(\.description) }
        return SHA256.digest(of: Array(lines.joined(separator: "\n").utf8))
    }
}
