import FileAccess
import JSONText
import MaskTracing
import SystemPackage

/// The output folder of a vectorization: its results, and while it is unfinished, the chunks that are complete.
struct VectorizationFolder: Sendable {
    private let root: FilePath
    /// The complete chunks of an unfinished vectorization.
    private var work: FilePath { root.appending(".vectorize") }
    private var settingsFile: FilePath { work.appending("settings.json") }

    private static let vectors = "vectors"
    private static let svg = "svg"

    /// Opens or creates the folder, as the vectorization asks for.
    ///
    /// - Throws: `DataError` if there are results that may not be replaced, or of other masks or options.
    init(_ vectorization: Vectorization) throws(DataError) {
        root = vectorization.output
        let settings = Self.settings(of: vectorization)
        let isUnfinished = try settingsFile.kind() != nil
        switch vectorization.existing {
        case .refused:
            for name in [".vectorize", Self.vectors, Self.svg] where try root.appending(name).kind() != nil {
                throw .outputExists(
                    root, holding: isUnfinished ? "an unfinished vectorization" : "\(name)/",
                    expected: "another folder, --resume, or --overwrite")
            }
        case .replaced:
            if try work.kind() != nil { try work.removeTree() }
        case .resumed:
            if isUnfinished, try settingsFile.readFile() != settings {
                throw DataError(
                    root, "was started with other masks or options; expected the same, or --overwrite")
            }
        }
        try work.makeFolders()
        try work.removeAbandonedFiles(of: nil)
        try settingsFile.writeFile(settings)
        for folder in Set(vectorization.masks.items.map { svgFile(of: $0).removingLastComponent() }).sorted(by: {
            $0.string < $1.string
        }) {
            try folder.makeFolders()
            try folder.removeAbandonedFiles(of: nil)
        }
    }

    /// The folder of a complete vectorization.
    init(resultsOf vectorization: Vectorization) {
        root = vectorization.output
    }

    /// Everything that determines the results but the pixels.
    private static func settings(of vectorization: Vectorization) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.member("format", "qd-imd-vectorize/1")
            json.member("program", programVersion)
            json.member("fidelity", vectorization.options.fidelity.rawValue)
            json.member("shapes", vectorization.options.shapes.rawValue)
            json.member("caps", vectorization.options.caps.rawValue)
            json.member("reader", "\(vectorization.reader)")
            json.member("masks", vectorization.masks.items.count)
            json.member("first", vectorization.masks.items.first?.name ?? "")
            json.member("last", vectorization.masks.items.last?.name ?? "")
        }
        json.endLine()
        return json.bytes
    }

    func svgFile(of item: MaskItem) -> FilePath {
        root.appending(Self.svg).pushing(FilePath(item.name + ".svg"))
    }

    /// The JSON Lines of a mask: one file for each folder of masks.
    private func linesFile(of item: MaskItem) -> FilePath {
        let folder = FilePath(item.name).removingLastComponent()
        return root.appending(Self.vectors).pushing(FilePath((folder.isEmpty ? "masks" : folder.string) + ".jsonl"))
    }

    private func chunkFile(_ chunk: Int, _ ending: String) -> FilePath { work.appending("\(chunk).\(ending)") }

    /// Writes a complete chunk; the lines last, since they tell that it is complete.
    func write(chunk: Int, lines: [UInt8], figures: [VectorizedMask]) throws(DataError) {
        var json = JSONWriter()
        json.array { json in for mask in figures { mask.write(to: &json) } }
        try chunkFile(chunk, "figures").writeFile(json.bytes, isFlushed: false)
        try chunkFile(chunk, "lines").writeFile(lines)
    }

    /// What a complete chunk says of its masks; nil if it is not complete.
    func figures(ofChunk chunk: Int, _ items: ArraySlice<MaskItem>) throws(DataError) -> [VectorizedMask]? {
        let file = chunkFile(chunk, "figures")
        guard try chunkFile(chunk, "lines").kind() != nil, try file.kind() != nil else { return nil }
        for item in items where try svgFile(of: item).kind() == nil { return nil }
        let bytes = try file.readFile()
        var parser = JSONParser()
        // A file that a crash has truncated is made again.
        guard let json = try? parser.parse(bytes) else { return nil }
        let figures = (json.elements.map(Array.init) ?? []).compactMap { VectorizedMask($0) }
        return figures.map(\.name) == items.map(\.name) ? figures : nil
    }

    /// Writes the JSON Lines from the chunks, and removes those.
    func finish(_ items: [MaskItem], chunkSize: Int) throws(DataError) {
        var order: [FilePath] = []
        var chunks: [FilePath: [Int]] = [:]
        for (index, item) in items.enumerated() {
            let file = linesFile(of: item)
            if chunks[file] == nil { order.append(file) }
            if chunks[file]?.last != index / chunkSize { chunks[file, default: []].append(index / chunkSize) }
        }
        for path in order {
            try path.removingLastComponent().makeFolders()
            let output = try OutputFile(path)
            for chunk in chunks[path] ?? [] {
                let lines = try chunkFile(chunk, "lines").readFile().split(separator: UInt8(ascii: "\n"))
                for (offset, line) in lines.enumerated() where linesFile(of: items[chunk * chunkSize + offset]) == path
                {
                    try output.write(line + [UInt8(ascii: "\n")])
                }
            }
            try output.commit()
        }
        try work.removeTree()
    }
}
