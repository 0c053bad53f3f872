import Foundation
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Most files here are empty: a collection only reads lines.
struct MaskCollectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func names(_ name: String = "masks", _ contents: MaskCollection.Contents = .all) throws -> [String] {
        try MaskCollection(at: folder.path.appending(name), contents: contents).items.map(\.name)
    }

    private func complaint(_ name: String = "masks", _ contents: MaskCollection.Contents = .all) -> String? {
        MaskSamples.complaint { _ = try names(name, contents) }
    }

    /// A line of JSON Lines as far as a collection reads it.
    private func mask(_ id: String) -> String { #"{"format":"qd-imd-mask/1","id":""# + id + "\"}" }

    // MARK: Files

    @Test(arguments: ["mask.svg", "mask.json", "mask.png", "mask.PNG", "mask.Svg"])
    func `a file of one mask is named after its stem`(name: String) throws {
        try folder.file(name, "")
        let masks = try MaskCollection(at: folder.path.appending(name), contents: .all)
        #expect(masks.items.map(\.name) == ["mask"])
        #expect(masks.isSingle && masks.manifest == nil)
    }

    @Test(arguments: ["mask.txt", "mask", "mask.svg.gz", "svg"]) func `a file with another extension is refused`(
        name: String
    ) throws {
        let path = try folder.file(name, "")
        let all = complaint(name)
        let vectors = complaint(name, .vectors)
        #expect(
            all
                == "\(path): nothing to read; "
                + "expected a file with the extension .png, .svg, .json, .jsonl, .tar, .jpg, .jpeg, .npy, .npz, .zip, .tar.gz"
        )
        #expect(
            vectors
                == "\(path): nothing to read; "
                + "expected a file with the extension .svg, .json, .jsonl, .tar, .zip, .tar.gz"
        )
    }

    @Test func `an image is refused where vectors are expected`() throws {
        let path = try folder.file("mask.png", "")
        let message = complaint("mask.png", .vectors)
        #expect(
            message
                == "\(path): nothing to read; "
                + "expected a file with the extension .svg, .json, .jsonl, .tar, .zip, .tar.gz"
        )
    }

    @Test func `a path that does not exist is an error`() {
        let path = folder.path.appending("masks")
        let message = complaint("masks", .vectors)
        #expect(
            message
                == "\(path): nothing to read; "
                + "expected a file (.svg, .json, .jsonl, .tar, .zip, .tar.gz), a folder of them, or a dataset"
        )
    }

    // MARK: JSON Lines

    @Test func `lines are named after their ids, or their numbers`() throws {
        try folder.file("masks.jsonl", mask("z") + "\n{}\n\n" + mask("a") + "\n{\"id\":5}\n[]")
        let masks = try MaskCollection(at: folder.path.appending("masks.jsonl"), contents: .vectors)
        #expect(masks.items.map(\.name) == ["z", "masks_2", "a", "masks_5", "masks_6"])
    }

    @Test func `a line has its position in the file`() throws {
        let path = try folder.file("masks.jsonl", mask("a") + "\r\n\n" + mask("bc") + "\n")
        let masks = try MaskCollection(at: path, contents: .vectors)
        #expect(masks.items.map(\.line) == [1, 3])
        #expect(masks.items.map(\.source.range) == [0..<35, 38..<74])
    }

    @Test func `a file of lines is not a single mask, even with one line`() throws {
        let path = try folder.file("masks.jsonl", mask("a"))
        #expect(try !MaskCollection(at: path, contents: .vectors).isSingle)
    }

    @Test func `a file without lines has no masks`() throws {
        let path = try folder.file("masks.jsonl", "\n\n")
        let message = complaint("masks.jsonl", .vectors)
        #expect(message == "\(path): nothing to read; expected masks (.svg, .json, .jsonl, .tar, .zip, .tar.gz)")
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "/etc/passwd", "../a", String(repeating: "x", count: 201)])
    func `an id that is not a valid file name is refused`(id: String) throws {
        let path = try folder.file("masks.jsonl", "{}\n" + mask(id) + "\n")
        let message = complaint("masks.jsonl")
        #expect(message == "\(path):2: \"id\" is \"\(id)\"; expected a file name")
    }

    @Test func `an id with a zero byte is refused`() throws {
        let path = try folder.file("masks.jsonl", mask(#"a\u0000b"#))
        let message = complaint("masks.jsonl")
        #expect(message == "\(path):1: \"id\" is \"a\0b\"; expected a file name")
    }

    @Test(arguments: ["a b", "ü 猫", "a.b", "-x", String(repeating: "x", count: 200)])
    func `valid ids are names unchanged`(id: String) throws {
        try folder.file("masks.jsonl", mask(id))
        #expect(try names("masks.jsonl") == [id])
    }

    @Test func `a line that is not JSON is refused, with its number`() throws {
        let path = try folder.file("masks.jsonl", "{}\n\n\"\n")
        let message = complaint("masks.jsonl")
        #expect(message == "\(path):3: not JSON: A string is opened, but never closed.")
    }

    @Test func `gzipped lines are refused`() throws {
        let plain = try folder.gzipped("masks.jsonl.gz", "{}\n")
        let path = folder.path.appending("masks.jsonl")
        try folder.file("masks.jsonl", bytes: folder.bytes(of: plain.lastComponent?.string ?? ""))
        let message = complaint("masks.jsonl")
        #expect(message == "\(path): is gzipped; expected uncompressed JSON Lines, which are read in any order")
    }

    // MARK: Folders

    @Test func `masks in a folder are named after their paths in it, in sorted order`() throws {
        for name in ["b.svg", "B.json", "a/z.png", "a/deep/m.svg", "é.json"] { try folder.file("masks/\(name)", "") }
        try folder.file("masks/c.jsonl", mask("two") + "\n" + mask("one"))
        #expect(try names() == ["B", "a/deep/m", "a/z", "b", "c/two", "c/one", "é"])
    }

    @Test func `files without the extension of a mask are ignored`() throws {
        for name in ["a.svg", "b.txt", "c.svg~", "svg", ".hidden.svg", ".git/d.svg"] {
            try folder.file("masks/\(name)", "")
        }
        #expect(try names() == ["a"])
    }

    @Test func `images are ignored where vectors are expected`() throws {
        for name in ["a.svg", "b.png", "c.json"] { try folder.file("masks/\(name)", "") }
        #expect(try names("masks", .vectors) == ["a", "c"])
        #expect(try names("masks", .all) == ["a", "b", "c"])
    }

    @Test func `a folder is not a single mask, even with one file`() throws {
        try folder.file("masks/a.svg", "")
        #expect(try !MaskCollection(at: folder.path.appending("masks"), contents: .all).isSingle)
    }

    @Test func `a folder without masks is an error`() throws {
        let path = try folder.folder(name: "masks")
        let message = complaint("masks", .all)
        #expect(
            message
                == "\(path): nothing to read; "
                + "expected masks (.png, .svg, .json, .jsonl, .tar, .jpg, .jpeg, .npy, .npz, .zip, .tar.gz)"
        )
    }

    @Test func `two masks of the same name are an error with both files`() throws {
        let first = try folder.file("masks/a.json", "")
        let second = try folder.file("masks/a.svg", "")
        let message = complaint()
        #expect(message == "\(first) and \(second): both have a mask named a; expected unique names")
    }

    @Test func `two lines with the same id are an error, and so is a line with the name of a file`() throws {
        let lines = try folder.file("twice.jsonl", mask("a") + "\n" + mask("a"))
        let same = complaint("twice.jsonl")
        #expect(same == "\(lines): has two masks named a; expected unique names")
        let first = try folder.file("masks/c.jsonl", mask("x"))
        let second = try folder.file("masks/c/x.svg", "")
        let message = complaint()
        #expect(message == "\(second) and \(first): both have a mask named c/x; expected unique names")
    }

    // MARK: Datasets

    /// Writes the folder of a dataset with a mask of every kind, and other files.
    private func dataset(formats: String) throws {
        try folder.file("masks/dataset.json", manifestText(formats: formats))
        for name in ["preview.png", "train/a.png", "test/b.png", "svg/train/a.svg", "svg/test/b.svg", "extra/c.svg"] {
            try folder.file("masks/\(name)", "")
        }
        try folder.file("masks/vectors/train.jsonl", mask("a"))
        try folder.file("masks/vectors/test.jsonl", mask("b"))
    }

    @Test(arguments: [
        (#"["png","json","svg"]"#, ["train/a", "test/b"], ["test/b", "train/a"]),
        (#"["png"]"#, ["train/a", "test/b"], ["test/b", "train/a"]),
        (#"["json","svg"]"#, ["test/b", "train/a"], ["test/b", "train/a"]),
    ])
    func `all contents of a dataset are its images, or its vectors if it has none`(
        formats: String, all: [String], vectors: [String]
    ) throws {
        try dataset(formats: formats)
        #expect(try names("masks", .all) == all)
        #expect(try names("masks", .vectors) == vectors)
    }

    @Test(arguments: [(#"["png","json","svg"]"#, "jsonl"), (#"["png","svg"]"#, "svg")])
    func `the vectors of a dataset are its lines, or its SVGs if it has none`(formats: String, ending: String) throws {
        try dataset(formats: formats)
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .vectors)
        #expect(masks.items.map(\.path.extension) == [ending, ending])
        #expect(masks.manifest?.seed == 7)
    }

    @Test func `a subfolder of a dataset is read like any other folder`() throws {
        try dataset(formats: #"["png"]"#)
        let masks = try MaskCollection(at: folder.path.appending("masks/train"), contents: .all)
        #expect(masks.items.map(\.name) == ["a"])
        #expect(masks.manifest == nil)
    }

    @Test func `a dataset with an invalid manifest is refused`() throws {
        let path = try folder.file("masks/dataset.json", #"{"format":"qd-imd-dataset/1"}"#)
        try folder.file("masks/train/a.png", "")
        let message = complaint()
        #expect(message == "\(path): not the manifest of a dataset; expected format qd-imd-dataset/1")
    }

    // MARK: Other JSON

    @Test(arguments: [
        "{}", "[]", "5", #"{"caption":"a cat"}"#, #"{"images":[],"annotations":[]}"#, #"{"format":"coco"}"#,
        #"{"format":5}"#, #"{"format":"qd-imd-diff/1","pairs":[]}"#,
    ])
    func `JSON without the format of a mask is skipped and counted`(text: String) throws {
        let other = try folder.file("masks/a.json", text)
        try folder.file("masks/a.png", "")
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .all)
        #expect(masks.items.map(\.path.extension) == ["png"])
        #expect(masks.skippedFiles == [other])
    }

    @Test(arguments: ["", "{", #"{"format":"qd-imd-mask/9"}"#, #" { "format" : "qd-imd-mask\/1" }"#])
    func `JSON that could be a mask is not skipped`(text: String) throws {
        try folder.file("masks/a.json", text)
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .all)
        #expect(masks.items.map(\.name) == ["a"])
        #expect(masks.skippedFiles.isEmpty)
    }

    @Test func `JSON Lines without any mask are skipped and counted as one file`() throws {
        let other = try folder.file("masks/metadata.jsonl", "{\"file_name\":\"a.png\"}\n{\"id\":\"../b\"}\n")
        try folder.file("masks/a.png", "")
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .all)
        #expect(masks.items.map(\.name) == ["a"])
        #expect(masks.skippedFiles == [other])
    }

    @Test func `a folder of other JSON alone is an error that counts it`() throws {
        for name in ["a", "b"] { try folder.file("masks/\(name).json", "{}") }
        let path = folder.path.appending("masks")
        let message = complaint("masks", .vectors)
        #expect(
            message == "\(path): nothing to read but 2 JSON files that are not masks; "
                + "expected masks (.svg, .json, .jsonl, .tar, .zip, .tar.gz)")
    }

    @Test func `a dataset json of another program is not a manifest`() throws {
        let other = try folder.file("masks/dataset.json", #"{"name":"liver","modality":{"0":"CT"}}"#)
        try folder.file("masks/train/a.png", "")
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .all)
        #expect(masks.items.map(\.name) == ["train/a"])
        #expect(masks.skippedFiles == [other])
    }

    // MARK: What is not a regular file

    @Test func `a link to nothing with the name of a mask is an error`() throws {
        try folder.file("masks/a.png", "")
        let link = try folder.link("masks/b.png", to: "missing.png")
        let message = complaint()
        #expect(message == "\(link): is a link to nothing; expected a mask")
    }

    @Test(arguments: ["a.png", "a.json", "a.svg", "a.jsonl", "a.tar"])
    func `a pipe with the name of a mask is an error in a folder`(name: String) throws {
        let path = try folder.folder(name: "masks").appending(name)
        #expect(path.withPlatformString { mkfifo($0, 0o600) } == 0)
        let message = complaint()
        #expect(message == "\(path): is not a regular file; expected a mask")
    }

    @Test func `pipes and links to nothing with other names are ignored`() throws {
        try folder.file("masks/a.png", "")
        try folder.link("masks/notes.txt", to: "missing.txt")
        let path = folder.path.pushing("masks/queue")
        #expect(path.withPlatformString { mkfifo($0, 0o600) } == 0)
        #expect(try names() == ["a"])
    }
}
