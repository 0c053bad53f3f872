import FileAccess
import JSONText
import MaskFormats
import MaskModel

/// A folder that Hugging Face's `load_dataset` opens as it is: images and their metadata by split, and a dataset card.
struct HuggingFaceLayout: OutputLayout {
    var needsRecords: Bool { true }

    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            try work.makeFolder(split.rawValue)
            try await work.forEachMask(of: split, listedIn: "\(split.rawValue)/metadata.jsonl") {
                (worker, mask, lines) throws(DataError) in
                try worker.place(mask, as: "\(split.rawValue)/\(mask.id).png")
                let record = try worker.record(of: mask)
                var words: [String] = []
                for case let word? in record.mask.strokes.map(\.origin?.word) where !words.contains(word) {
                    words.append(word)
                }
                worker.json.removeAll()
                worker.json.object { json in
                    json.member("file_name", mask.id + ".png")
                    json.member("index", mask.index)
                    json.name("hole_ratio")
                    json.real(record.holeRatio ?? 0, decimals: 4)
                    json.name("upscale")
                    json.real(record.upscale ?? 1, decimals: 4)
                    json.member("strokes", record.mask.strokes.count)
                    json.name("words")
                    json.array { json in
                        for word in words { json.value(word) }
                    }
                }
                worker.json.endLine()
                lines += worker.json.bytes
            }
        }
        try work.write(Array(card(work).utf8), to: "README.md")
    }

    private func card(_ work: LayoutContext) -> String {
        let settings = work.plan.settings
        let count = settings.trainCount + settings.testCount
        let splits = work.splits.map { "  - split: \($0.rawValue)\n    path: \($0.rawValue)/**" }.joined(
            separator: "\n")
        let (hole, ground) = work.holeColor == .white ? ("255", "0") : ("0", "255")
        return """
            ---
            pretty_name: Irregular masks of Quick, Draw! strokes
            license: cc-by-4.0
            task_categories:
            - image-to-image
            task_ids:
            - image-inpainting
            tags:
            - inpainting
            - masks
            - quickdraw
            size_categories:
            - \(Self.sizeCategory(count))
            configs:
            - config_name: default
              data_files:
            \(splits)
            ---

            # Irregular masks of Quick, Draw! strokes

            \(settings.trainCount) masks for training and \(settings.testCount) for testing of image inpainting models, \
            \(settings.imageSize) px each, made by qd-imd \(programVersion) with seed \(settings.seed). Pixels are \
            \(hole) where the hole is, which a model fills in, and \(ground) elsewhere. The masks of the two splits are \
            made of drawings of different categories.

            ```python
            from datasets import load_dataset

            masks = load_dataset("path/of/this/folder")
            masks["train"][0]["image"]
            ```

            | column | |
            | --- | --- |
            | `image` | the mask |
            | `index` | which mask of its split, from 0 |
            | `hole_ratio` | the share of hole, 0 to 1 |
            | `upscale` | by how much the strokes were scaled |
            | `strokes` | how many brush strokes it has |
            | `words` | what people were asked to draw when they drew the strokes |

            ## Attribution

            \(DatasetManifest.attribution). License: \
            [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).

            """
    }

    /// The hub's word for a number of examples.
    static func sizeCategory(_ count: Int) -> String {
        let steps = [(1000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")]
        return steps.first { count < $0.0 }?.1 ?? (count < 10_000_000 ? "1M<n<10M" : "n>10M")
    }
}
