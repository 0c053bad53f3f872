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

    @Test(arguments: ["/", "a/..", ".png", "1\tcat.png", "a.png\rb.png", "a\u{0}.png"])
    func `a line that is not the path of a file is an error`(line: String) {
        let message = complaint { _ = try stems("ok.png\n\(line)\n") }
        #expect(message == "\(path):2: \(line.debugDescription) is not a path; expected the path of an image")
    }

    @Test func `a list without images is an error`() {
        let message = complaint { _ = try stems("\n\n") }
        #expect(message == "\(path): nothing to read; expected paths of images, one per line")
    }

    @Test func `a byte order mark is no part of the first name`() throws {
        #expect(try stems("\u{FEFF}a.png\r\nb.png") == ["a", "b"])
    }

    @Test func `folders above are no part of the name`() throws {
        #expect(try stems("../val/a.png\n./b.png\n/c.png\n~/d.png\n") == ["a", "b", "c", "d"])
    }

    @Test func `names that differ in case or in the composition of letters are those of different files`() throws {
        #expect(try stems("Cat.png\ncat.png\n\u{E9}.png\ne\u{301}.png\n").count == 4)
    }

    @Test func `a name that is not UTF-8 is an error`() throws {
        let path = try folder.file("images.txt", bytes: Array("a.png\n".utf8) + [0xE9, 0x2E, 0x70, 0x6E, 0x67, 0x0A])
        let message = complaint { _ = try ImageList(path) }
        #expect(message == "\(path):2: not UTF-8; expected the path of an image in UTF-8")
    }

    @Test func `masks of one split are named after images, in order`() throws {
        var settings = LayoutSettings()
        settings.images = try ImageList(try folder.file("images.txt", "b.png\na.png\n"))
        let layout = LayoutKind.lama.layout(settings)
        #expect((0..<2).map { layout.image(of: $0, .test) } == ["test/b_mask000.png", "test/a_mask000.png"])
        #expect(layout.image(of: 1, .train) == "train/00001_train_mask000.png")
        #expect(LayoutKind.lama.layout(settings, imageSplit: .train).image(of: 1, .train) == "train/a_mask000.png")
        #expect(LayoutKind.lama.layout().image(of: 2, .test) == "test/00002_test_mask000.png")
    }

    @Test(
        arguments: [
            (2, 1, "2 images, but 1 test mask; expected a mask for each image: --test 2"),
            (1, 0, "2 images, but 1 train mask; expected a mask for each image: --train 2"),
            (0, 3, "2 images, but 3 test masks; expected an image for each mask: --test 2, or more images"),
            (300, 0, "2 images, but 300 train masks; expected an image for each mask: --train 2, or more images"),
        ])
    func `each image has a mask, and each mask an image`(train: Int, test: Int, problem: String) throws {
        var settings = try ExportSettings.small(train: train, test: test)
        settings.layouts.kinds = [.lama]
        settings.layouts.images = try ImageList(try folder.file("images.txt", "a\nb\n"))
        let message = complaint { try settings.checkLayouts(output: "out") }
        #expect(message == "\(path): \(problem)")
        settings.testCount = 2
        try settings.checkLayouts(output: "out")
    }
}
