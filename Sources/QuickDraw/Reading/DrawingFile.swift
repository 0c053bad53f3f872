import Archives
import FileAccess
public import SystemPackage

/// A file of drawings: one of the file system, or a member of a zip archive.
public struct DrawingFile: Hashable, Sendable {
    /// The file as errors name it; for a member of an archive, the archive's path followed by the member's.
    public let path: FilePath
    /// The file that is opened.
    public let container: FilePath
    private let member: ZipMember?
    /// The category, where it is not in the file's name.
    private var category: String?

    /// The file at `path`.
    public init(_ path: FilePath) {
        self.path = path
        container = path
        member = nil
    }

    private init(_ member: ZipMember, of archive: FilePath) {
        path = archive.pushing(FilePath(member.name))
        container = archive
        self.member = member
    }

    /// The same file, as a drawing of a category that is not in its name.
    func inCategory(_ word: String?) -> DrawingFile {
        var file = self
        file.category = word
        return file
    }

    /// The files of drawings in the zip archive at `path`, in the order of the archive: those with the names of such
    /// files, or sketch-rnn's arrays; or if there are none of these, SVG files.
    ///
    /// - Throws: `DataError` if the archive cannot be read; of kind `empty` if there are no drawings in it.
    static func members(of path: FilePath) throws(DataError) -> [DrawingFile] {
        let members = try ZipReader.members(of: path)
        var files: [ZipMember] = []
        for member in members {
            // An array of numbers is an error of reading it.
            let isRead = member.isArray ? true : try member.containsDrawings(in: path)
            if isRead { files.append(member) }
        }
        if files.isEmpty { files = members.filter { FilePath($0.name).isSVGFile } }
        if let gzipped = files.first(where: { [".gz", ".svgz"].contains(where: $0.name.lowercased().hasSuffix) }) {
            throw DataError(
                path,
                "has a gzipped member \(gzipped.name.debugDescription); expected members that are not compressed twice")
        }
        guard !files.isEmpty else {
            let names = members.prefix(3).map(\.name.debugDescription).joined(separator: ", ")
            let found = members.isEmpty ? "is empty" : "contains \(names)\(members.count > 3 ? ", …" : "")"
            throw DataError(
                path,
                "\(found); expected a zip archive of .ndjson, .jsonl, .csv, .bin, .svg, or sketch-rnn's .npy files",
                kind: .empty)
        }
        return files.map { DrawingFile($0, of: path) }
    }

    /// Whether the name is that of an SVG file.
    var isSVG: Bool { path.isSVGFile }

    /// The category in the file's name, or in that of its folder if `inCategory` set it; nil if there is none.
    ///
    /// sketch-rnn's arrays are named after their use: the archive is named after the category.
    var word: String? {
        category ?? CategoryName.word(fromFileAt: member?.isArray == true ? container : path)
    }

    /// The uncompressed size of the member of an archive; nil for a file of the file system.
    var memberSize: Int? { member?.size }

    /// Opens the file.
    ///
    /// - Parameter offset: The first byte to read; 0 if it is compressed, or a member.
    /// - Throws: `DataError` if it cannot be opened.
    func open(from offset: Int = 0) throws(DataError) -> ByteReader {
        guard let member else { return try ByteReader(path, from: offset) }
        return try ByteReader(member, of: container, named: path)
    }
}

extension ZipMember {
    /// Whether the member has the name of a NumPy array.
    fileprivate var isArray: Bool { name.lowercased().hasSuffix(".npy") }

    /// Whether the member of an archive is a file of drawings by its name, an array of sketch-rnn, or JSON Lines of
    /// drawings.
    ///
    /// - Throws: `DataError` if an array, or JSON Lines, cannot be read.
    func containsDrawings(in archive: FilePath) throws(DataError) -> Bool {
        let hasLines = name.lowercased().hasSuffix(".jsonl")
        guard isArray || hasLines else { return FilePath(name).isDrawingFile }
        var bytes = try ByteReader(self, of: archive, named: archive.pushing(FilePath(name)))
        _ = try bytes.fill(to: min(size, hasLines ? 1 << 16 : 1 << 12))
        return bytes.withBytes { bytes in
            guard hasLines else { return SketchArrayFile.isStored(in: bytes) ?? false }
            if case .format = DrawingFormat.detect(in: bytes, isWhole: false) { return true }
            return false
        }
    }
}
