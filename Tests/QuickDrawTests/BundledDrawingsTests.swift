import DrawingSamples
import StrokeBank
import Foundation
import QuickDraw
import SystemPackage
import Testing

/// The drawings in `fixtures/drawings` have the properties that the README and other tests rely on.
struct BundledDrawingsTests {
    private static let folder = FilePath(
        URL(filePath: #filePath).appending(path: "../../../fixtures/drawings").standardized.path)

    private static func drawings(of path: FilePath) throws -> [Drawing] {
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        var drawings: [Drawing] = []
        while try reader.read(into: &drawing) { drawings.append(drawing) }
        return drawings
    }

    @Test func `every file has 200 drawings of the word that it is named for`() throws {
        let files = try DrawingFileList(Self.folder).paths
        #expect(files.count == 24)
        for file in files {
            let drawings = try Self.drawings(of: file)
            #expect(drawings.count == 200)
            #expect(Set(drawings.map(\.word)) == [file.stem])
        }
    }

    @Test func `no key is there twice`() throws {
        let keys = try DrawingFileList(Self.folder).paths.flatMap { try Self.drawings(of: $0).map(\.keyID) }
        #expect(Set(keys).count == keys.count)
    }

    @Test func `every stroke has two points or more, as in the official files`() throws {
        for file in try DrawingFileList(Self.folder).paths {
            for drawing in try Self.drawings(of: file) {
                let shortest = (0..<drawing.strokeCount).map { drawing.strokeCoordinates($0).count }.min() ?? 0
                #expect(shortest >= 4)
            }
        }
    }

    @Test func `together they are a pool of 24 categories`() throws {
        let parts = try DrawingFileList(Self.folder).paths.map {
            try SampledFileStrokes($0, drawingLimit: 1000, strokesPerDrawing: 1, seed: 0)
        }
        let pool = StrokePool(parts, drawingLimit: 1000)
        #expect(pool.categoryCount == 24)
        #expect(pool.drawingCount == 4800)
        #expect(pool.strokeCount == 4800)
    }
}
