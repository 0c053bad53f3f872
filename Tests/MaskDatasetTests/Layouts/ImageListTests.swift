import FileAccess
import MaskModel
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct ImageListTests {
    private let folder: TemporaryFolder
    private var path: FilePath { folder.path.appending("images.txt") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func stems(_ text: String) throws -> [String] {
        try ImageList(try folder.file("images.txt", text)).stems
    }

    @Test func `names have neither folders nor the last extension`() throws {
        #expect(try stems("/data/val/cat.png\nb/dog.tar.jpg\nbird\n") == ["cat", "dog.tar", "bird"])
    }

    @Test func `the folders of a Windows path are no part of the name`() throws {
        #expect(try stems("C:\\data\\cat.jpg\r\n\\\\host\\x\\dog.v2.png\r\n") == ["cat", "dog.v2"])
    }

    @Test func `empty lines, carriage returns, and a missing line end are accepted`() throws {
        #expect(try stems("\na.png\r\n\r\n  \nmy cat.png") == ["a", "my cat"])
    }

    @Test func `two images of the same name are an error with both lines`() {
        let message = complaint { _ = try stems("x/cat.png\ndog.png\n\ny/cat.jpg\n") }
        #expect(message == "\(path): lines 1 and 4 both name an image cat; expected unique names")
    }

    @Test(arguments: ["/", "a/..", ".png"]) func `a line that is not the path of a file is an error`(line: String) {
        let message = complaint { _ = try stems("ok.png\n\(line)\n") }
        #expect(message == "\(path):2: \"\(line)\" is not a path; expected the path of an image")
    }

    @Test func `a list without images is an error`() {
        let message = complaint { _ = try stems("\n\n") }
        #expect(message == "\(path): nothing to read; expected paths of images, one per line")
    }

    @Test func `masks are assigned in order, one to each image`() throws {
        let stems = try stems("b.png\na.png\n")
        let names = (0..<3).map { LamaLayout.name(LayoutContext.Mask(split: .test, index: $0), stems) }
        #expect(names == ["b_mask000.png", "a_mask000.png", nil])
        #expect(LamaLayout.name(LayoutContext.Mask(split: .test, index: 2), nil) == "00002_test_mask000.png")
    }

    @Test(arguments: [(2, 1, "test"), (1, 0, "train")])
    func `too few masks are an error`(train: Int, test: Int, split: String) throws {
        var settings = try ExportSettings.small(train: train, test: test)
        settings.layouts.kinds = [.lama]
        settings.layouts.images = try ImageList(try folder.file("images.txt", "a\nb\n"))
        let message = complaint { try settings.checkLayouts(output: "out") }
        #expect(message == "\(path): 2 images, but 1 \(split) masks; expected a mask for each image")
        settings.testCount = 2
        try settings.checkLayouts(output: "out")
    }
}
