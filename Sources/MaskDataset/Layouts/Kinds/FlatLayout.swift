import FileAccess
import MaskModel
import SystemPackage

/// A folder of numbered images for each split, and lists of them: EdgeConnect and its forks, RFR, ZITS, DeepFill, mmagic,
/// PUT.
///
/// - `train.flist` has their paths. Readers of such lists open the paths unchanged, from any working directory. So the
///   paths start with the dataset's folder as the user named it: absolute if it was, otherwise relative to the export's
///   working directory.
/// - `train.txt` has their names in the folder, for readers that put a prefix before them.
/// - `test_batch.flist` has an image, its mask, and the name of a result in each line, if there is a list of images.
struct FlatLayout: OutputLayout {
    let images: ImageAssignment
    var fileExtension = "png"

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split, listedIn: "\(split.rawValue).flist") {
                (scratch, mask, list) throws(DataError) in
                let name = name(mask.index, split)
                try scratch.place(mask, as: name)
                list += "\(context.publishedFolder)/\(name)\n".utf8
            }
            let count = context.plan.settings.count(of: split)
            try writeList("\(split.rawValue).txt", count, context) { "\(DatasetPaths.fiveDigits($0)).\(fileExtension)" }
            guard images.images != nil, split == images.split else { continue }
            try writeList("\(split.rawValue)_batch.flist", count, context) { index in
                guard let image = images.image(of: index, split) else { return "" }
                let number = images.masksPerImage > 1 ? image.threeDigits : ""
                let mask = "\(context.publishedFolder)/\(name(index, split))"
                return "\(image.path) \(mask) \(image.stem)_output\(number).png"
            }
        }
    }

    private func writeList(
        _ name: String, _ count: Int, _ context: LayoutContext, line: (Int) -> String
    ) throws(DataError) {
        let file = try context.outputFile(name)
        var text: [UInt8] = []
        for index in 0..<count {
            text += "\(line(index))\n".utf8
            guard text.count > 1 << 20 || index == count - 1 else { continue }
            try file.write(text)
            text.removeAll(keepingCapacity: true)
        }
        try file.commit()
    }

    func image(of index: Int, _ split: Split) -> String? { name(index, split) }

    func maskName(of file: FilePath) -> String {
        file.removingEnding + "_" + file.removingLastComponent().string
    }

    private func name(_ index: Int, _ split: Split) -> String {
        "\(split.rawValue)/\(DatasetPaths.fiveDigits(index)).\(fileExtension)"
    }

    /// The first character of `folder` that breaks lists of paths: NumPy's `genfromtxt`, with which EdgeConnect reads them,
    /// splits words at white space and ends lines at `#`.
    static func characterThatBreaksLists(in folder: FilePath) -> Character? {
        folder.string.first { $0.isWhitespace || $0 == "#" }
    }
}
