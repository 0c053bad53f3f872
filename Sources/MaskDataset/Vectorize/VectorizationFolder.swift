import FileAccess
import JSONText
import SystemPackage

/// The output folder of a vectorization: its results, and while it is unfinished, the chunks that are complete.
struct VectorizationFolder: Sendable {
    private let root: FilePath
    private let settings: VectorizationSettings
    private let items: [MaskLocation]
    /// The complete chunks of an unfinished vectorization.
    private var work: FilePath { root.appending(".vectorize") }
    private var settingsFile: FilePath { work.appending("settings.json") }
    /// The settings and figures of a finished vectorization.
    private var resultFile: FilePath { root.appending(Self.result) }

    private static let vectors = "vectors"
    private static let svg = "svg"
    private static let result = "vectorize.json"

    /// The output folder of a vectorization, which need not exist.
    init(of vectorization: Vectorization) {
        root = vectorization.output
        settings = VectorizationSettings(vectorization)
        items = vectorization.masks.items
    }

    /// Prepares the folder for results, whose lock the caller has.
    ///
    /// - Returns: Whether there is a finished vectorization with the same settings, which is kept.
    /// - Throws: `DataError` if there are results that may not be replaced, or of other masks or options.
    func begin(_ existing: ExistingOutput) throws(DataError) -> Bool {
        let isUnfinished = try settingsFile.kind() != nil
        switch existing {
        case .refuse:
            for name in [".vectorize", Self.vectors, Self.svg, Self.result]
            where try root.appending(name).kind() != nil {
                let found = name == Self.result ? name : "\(name)/"
                throw .outputExists(
                    root, holding: isUnfinished ? "an unfinished vectorization" : found,
                    expected: "another folder, --resume, or --overwrite")
            }
        case .overwrite:
            if try work.kind() != nil { try work.removeTree() }
            if try resultFile.kind() != nil { try resultFile.removeTree() }
        case .resume:
            if isUnfinished {
                try check(settingsFile)
            } else if try resultFile.kind() != nil {
                try check(resultFile)
                return true
            }
        }
        try work.makeFolders()
        try work.removeAbandonedFiles(of: nil)
        try settingsFile.writeFile(settings.json)
        for folder in Set(items.map { svgFile(of: $0).removingLastComponent() }).sorted(by: { $0.string < $1.string }) {
            try folder.makeFolders()
            try folder.removeAbandonedFiles(of: nil)
        }
        return false
    }

    private func check(_ file: FilePath) throws(DataError) {
        let bytes = try file.readFile()
        var parser = JSONParser()
        let stored = try file.locating { try parser.parse(bytes) }
        try settings.check(against: stored)
    }

    func svgFile(of item: MaskLocation) -> FilePath {
        root.appending(Self.svg).pushing(FilePath(item.name + ".svg"))
    }

    /// The JSON Lines of a mask: one file for each folder of masks.
    private func linesFile(of item: MaskLocation) -> FilePath {
        let folder = FilePath(item.name).removingLastComponent()
        return root.appending(Self.vectors).pushing(FilePath((folder.isEmpty ? "masks" : folder.string) + ".jsonl"))
    }

    private func chunkFile(_ chunk: Int, _ ending: String) -> FilePath { work.appending("\(chunk).\(ending)") }

    /// Writes a complete chunk; the lines last, since they tell that it is complete.
    func write(chunk: Int, lines: [UInt8], figures: [TracingAccuracy]) throws(DataError) {
        var json = JSONWriter()
        json.array { json in for mask in figures { mask.write(to: &json) } }
        try chunkFile(chunk, "figures").writeFile(json.bytes, isFlushed: false)
        try chunkFile(chunk, "lines").writeFile(lines)
    }

    /// What a complete chunk says of its masks; nil if it is not complete.
    func figures(ofChunk chunk: Int, _ items: ArraySlice<MaskLocation>) throws(DataError) -> [TracingAccuracy]? {
        let file = chunkFile(chunk, "figures")
        guard try chunkFile(chunk, "lines").kind() != nil, try file.kind() != nil else { return nil }
        for item in items where try svgFile(of: item).kind() == nil { return nil }
        let bytes = try file.readFile()
        var parser = JSONParser()
        do {
            let figures = try parser.parse(bytes).figures
            return figures.map(\.name) == items.map(\.name) ? figures : nil
        } catch {
            // A file that a crash has truncated is made again.
            return nil
        }
    }

    /// The figures of a finished vectorization.
    ///
    /// - Throws: `DataError` if a result is missing.
    func finishedFigures() throws(DataError) -> [TracingAccuracy] {
        for file in Set(items.map(linesFile)).sorted(by: { $0.string < $1.string }) + items.map(svgFile)
        where try file.kind() == nil {
            throw DataError(file, "is missing; expected a result of the finished vectorization, or --overwrite")
        }
        let bytes = try resultFile.readFile()
        var parser = JSONParser()
        let figures = try resultFile.locating { try parser.parse(bytes)["results"]?.figures ?? [] }
        guard figures.map(\.name) == items.map(\.name) else {
            throw DataError(resultFile, "has other results than masks; expected an unchanged file, or --overwrite")
        }
        return figures
    }

    /// Writes the JSON Lines from the chunks, then the figures, and removes the chunks.
    func finish(_ items: [MaskLocation], _ figures: [TracingAccuracy], chunkSize: Int) throws(DataError) {
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
        var json = JSONWriter(isPretty: true)
        json.object { json in
            settings.write(to: &json)
            json.name("results")
            json.array { json in for mask in figures { mask.write(to: &json) } }
        }
        json.endLine()
        try resultFile.writeFile(json.bytes)
        try work.removeTree()
    }
}

extension JSONValue {
    /// The figures in an array of them.
    fileprivate var figures: [TracingAccuracy] { (elements.map(Array.init) ?? []).compactMap { TracingAccuracy($0) } }
}
