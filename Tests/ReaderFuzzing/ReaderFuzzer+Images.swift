import FileAccess
import MaskDataset
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

// Masks in the forms of others: JPEG, COCO's run lengths, and NumPy's arrays.

extension ReaderFuzzer {
    /// A JPEG has no checksum: it is an image, or an error.
    mutating func fuzzJPEG() throws {
        let bytes = mutator.mutated(SampleImages.jpegs[mutator.below(SampleImages.jpegs.count)])
        try readMasks(write("mask.jpg", bytes), bytes, PNGReader(threshold: 128))
    }

    /// COCO's JSON is masks whose run lengths add up to their sizes, or an error.
    mutating func fuzzCOCO() throws {
        let texts = [
            """
            {"images":[{"id":1,"width":6,"height":4,"file_name":"train/1.png"},{"id":2,"file_name":"2.jpg"}],"annotations":
            [{"id":7,"image_id":1,"category_id":1,"segmentation":{"size":[4,6],"counts":[5,3,10,6]},"area":9},
            {"id":8,"image_id":2,"segmentation":{"size":[4,6],"counts":"53:3"},"iscrowd":0},
            {"id":9,"image_id":2,"segmentation":{"size":[512,512],"counts":[1000,261144]}}]}
            """,
            #"[{"image_id":3,"category_id":1,"segmentation":{"size":[4,6],"counts":"032403"},"score":0.5}]"#,
            #"{"size":[3,5],"counts":[0,15]}"#,
        ]
        let bytes = mutator.mutated(Array(texts[mutator.below(3)].utf8))
        try readMasks(write("annotations.json", bytes), bytes)
    }

    /// An array is as many masks as its shape and size say, or an error.
    mutating func fuzzNPY() throws {
        let (count, height, width) = (mutator.below(4), 1 + mutator.below(9), 1 + mutator.below(9))
        let shape = ["(\(height), \(width))", "(\(count), \(height), \(width))", "(\(count), \(height), \(width), 1)"]
        let kind = mutator.below(3)
        var header = "{'descr': '|\(["u", "b"][mutator.below(2)])1', 'fortran_order': False, 'shape': \(shape[kind]), }"
        header += String(repeating: " ", count: 127 - (header.utf8.count + 10) % 128) + "\n"
        var bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        for _ in 0..<(kind == 0 ? 1 : count) * height * width { bytes.append(UInt8(255 * mutator.below(2))) }
        mutator.mutate(&bytes)
        try readMasks(write("masks.npy", bytes), bytes)
    }

    private mutating func readMasks(_ path: FilePath, _ bytes: [UInt8], _ reader: PNGReader = PNGReader()) throws {
        do throws(DataError) {
            let masks = try MaskCollection(at: path, contents: .all)
            var loader = MaskLoader(reader: reader)
            for item in masks.items {
                if case .image(let bitmap) = try loader.load(item), bitmap.holeCount > bitmap.size.area {
                    throw DataError(at: "", "more hole than pixels")
                }
            }
            report.readCount += 1
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
        }
    }
}
