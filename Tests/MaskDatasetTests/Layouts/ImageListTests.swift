import FileAccess
import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
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
        let train = ImageAssignment(images: settings.images, masksPerImage: 1, split: .train)
        #expect(LayoutKind.lama.layout(settings, train).image(of: 1, .train) == "train/a_mask000.png")
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

    @Test func `an image has several masks, which are numbered`() throws {
        let list = try ImageList(try folder.file("images.txt", "b.png\na.png\n"))
        let images = ImageAssignment(images: list, masksPerImage: 3, split: .test)
        let layout = LamaLayout(images: images, linksImages: false)
        #expect(
            [0, 2, 3].map { layout.image(of: $0, .test) }
                == ["b_mask000", "b_mask002", "a_mask000"].map { "test/\($0).png" })
        #expect(images.image(of: 6, .test) == nil)
        #expect(
            layout.isMask("test/b_mask002.png") && !layout.isMask("test/b.png") && !layout.isMask("test/b_mask.png"))
    }

    // MARK: Sizes

    private func size(_ bytes: [UInt8]) throws -> PixelSize {
        try ImageHeader.size(of: try folder.file("image", bytes: bytes))
    }

    /// A JPEG up to its frame header.
    private func jpeg(_ marker: UInt8, before: [UInt8] = []) -> [UInt8] {
        [0xFF, 0xD8] + before + [0xFF, marker, 0, 17, 8, 0x01, 0xF4, 0x02, 0x80, 3, 1, 0x22, 0]
    }

    @Test func `the size of a PNG is in its header`() throws {
        #expect(try size(MaskPNGEncoder.encode(SpanMask(size: .px(301, 7)))) == .px(301, 7))
    }

    @Test(arguments: [0xC0, 0xC1, 0xC2, 0xC9, 0xCA] as [UInt8])
    func `the size of a JPEG is in its frame header, of any process`(marker: UInt8) throws {
        #expect(try size(jpeg(marker)) == .px(640, 500))
    }

    @Test func `segments, fill bytes, and thumbnails before the frame header are skipped`() throws {
        // The segment contains the frame header of a thumbnail.
        let thumbnail: [UInt8] = [0xFF, 0xC0, 0, 17, 8, 0, 1, 0, 1]
        let before = [0xFF, 0xE1, 0, UInt8(thumbnail.count + 2)] + thumbnail + [0xFF, 0xFF, 0xFF, 0xC4, 0, 3, 9]
        #expect(try size(jpeg(0xC0, before: before)) == .px(640, 500))
    }

    @Test(
        arguments: [
            ([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0, 0, 0, 0, 0, 0], "is a damaged JPEG; expected its size at the start"),
            ([0xFF, 0xD8, 0xFF, 0xC0], "is a damaged JPEG; expected its size at the start"),
            ([0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 0, 0, 9, 3], "has 9×0 px; expected 1 to 1000000 px per side"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "is a damaged PNG; expected its size at the start"),
            (Array("GIF89a".utf8), "is a GIF; expected a PNG or a JPEG"),
            ([], "is not an image of a known format; expected a PNG or a JPEG"),
        ] as [([UInt8], String)])
    func `an image without a size is an error`(bytes: [UInt8], problem: String) {
        #expect(complaint { _ = try size(bytes) } == "\(folder.path.appending("image")): \(problem)")
    }

    @Test func `widths and a free border scale with the shorter side of an image`() throws {
        var settings = ExportSettings()
        settings.spec = try MaskSpec.standard.applying(MaskSpecChanges(border: .free(margin: 20)))
        let spec = try #require(try settings.specs(on: .px(2048, 1024)).first)
        #expect(spec.canvas == .px(2048, 1024) && spec.strokeWidth == 10...30 && spec.border == .free(margin: 40))
    }
}

extension MaskSpecChanges {
    fileprivate init(border: BorderConstraint) {
        self.init()
        self.border = border
    }
}
