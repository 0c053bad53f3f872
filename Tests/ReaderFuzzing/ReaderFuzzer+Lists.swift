import FileAccess
import JSONText
import MaskDataset
import SystemPackage

extension ReaderFuzzer {
    /// A spec is an error, or settings that are written and read again as themselves.
    mutating func fuzzSpec() throws {
        let texts = [ExportSettings().specText, Self.richSpec]
        let bytes = mutator.mutated(Array(texts[mutator.below(2)].utf8))
        let path = try write("spec.json", bytes)
        let text: String
        do throws(DataError) {
            text = try SpecFile(path).settings.specText
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        guard ReferenceJSON(bytes) != nil else { throw FuzzFinding(problem: "not JSON, but read", file: bytes) }
        do {
            let again = try SpecFile(write("again.json", Array(text.utf8))).settings.specText
            guard again == text else { throw FuzzFinding(problem: "written again as \(again)", file: bytes) }
        } catch let finding as FuzzFinding {
            throw finding
        } catch {
            throw FuzzFinding(problem: "as it was written: \(error)", file: bytes)
        }
        report.readCount += 1
    }

    /// A spec with every kind of member.
    private static let richSpec = """
        {"spec":{"canvas":[256,128],"strokes_mean":3.5,"strokes_std":1,"min_stroke_width":4,"max_stroke_width":20,
        "max_upscale_rate":2,"hole_ratio":[0.1,0.35],"max_width_factor":3,"border":"free","border_margin":2,
        "placement":"uniform","rotate":true,"flip":true,"stroke_scale":[0.5,1.5],"drawings_per_file":20,
        "strokes_per_drawing":2,"words":["cat","bus"],"countries":["DE","US"],"recognized":true,"min_stroke_length":5,
        "max_stroke_length":900,"min_stroke_extent":3,"max_stroke_extent":250,"skip_damaged":true,
        "variants":[{"strokes_mean":2},{"hole_ratio":[0.4,0.5]}],"variant_order":"alternating"},"seed":18446744073709551615,
        "size":[512,256],"formats":["png","json"],"hole":"black","bit_depth":1,"backend":"exact",
        "counts":{"train":12,"test":7}}
        """

    /// A list of images is an error, or as many different names as it has lines.
    mutating func fuzzImageList() throws {
        var text = ""
        for index in 0...mutator.below(9) {
            text +=
                ["photos/\(index).jpg", "C:\\data\\cat \(index).png", "/a/b.c/größe-\(index)", ""][mutator.below(4)]
            text += ["\n", "\r\n"][mutator.below(2)]
        }
        let bytes = mutator.mutated(Array("first.jpg\n\(text)".utf8))
        let path = try write("images.txt", bytes)
        let list: ImageList
        do throws(DataError) {
            list = try ImageList(path)
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        let lines = bytes.split(separator: 0x0A).filter {
            !String(decoding: $0, as: UTF8.self).allSatisfy(\.isWhitespace)
        }
        guard list.stems.count == lines.count, Set(list.stems).count == lines.count,
            list.stems.allSatisfy({ !$0.contains("/") && !$0.contains("\0") && !$0.hasPrefix(".") && !$0.isEmpty })
        else { throw FuzzFinding(problem: "\(list.stems.count) names of \(lines.count) lines", file: bytes) }
        report.readCount += 1
    }

    /// The header of a PNG or a JPEG is an error of that file, or its size.
    mutating func fuzzImageHeader() throws {
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        let png = start + [0, 0, 2, 0x80, 0, 0, 1, 0xE0, 8, 2, 0, 0, 0]
        var jpeg: [UInt8] = [0xFF, 0xD8]
        for _ in 0..<mutator.below(6) {
            let length = 2 + mutator.below(40)
            jpeg +=
                [0xFF, UInt8(0xE0 + mutator.below(16)), 0, UInt8(length)] + [UInt8](repeating: 0xFF, count: length - 2)
        }
        jpeg += [0xFF, 0xC2, 0, 17, 8, 1, 0xE0, 2, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
        let bytes = mutator.mutated(mutator.below(2) == 0 ? png : jpeg)
        let image = try write("image", bytes)
        let list = try write("images.txt", Array("\(image)\n".utf8))
        do throws(DataError) {
            guard try ImageList(list, readsSizes: true).sizes?.count == 1 else {
                throw DataError(image, "has no size")
            }
            report.readCount += 1
        } catch {
            guard "\(error)".hasPrefix("\(image): ") else {
                throw FuzzFinding(problem: "no place: \(error)", file: bytes)
            }
            report.refusedCount += 1
        }
    }

    /// The JSON of other programs beside a mask is skipped, or an error.
    mutating func fuzzOtherJSON() throws {
        let place = folder.appending("others")
        try place.makeFolders()
        _ = try write("others/mask.json", Array(#"{"format":"qd-imd-mask/1","canvas":[8,8],"strokes":[]}"#.utf8))
        let bytes = mutator.mutated(Array(Self.others[mutator.below(Self.others.count)].utf8))
        _ = try write("others/other.json", bytes)
        let collection: MaskCollection
        do throws(DataError) {
            collection = try MaskCollection(at: place, contents: .all)
        } catch {
            report.refusedCount += 1
            return
        }
        // What is not JSON may be a damaged mask, and reading it is an error.
        guard collection.items.count == 1 || ReferenceJSON(bytes) == nil else {
            throw FuzzFinding(problem: "a mask in the JSON of another program", file: bytes)
        }
        if collection.items.count == 1 { report.readCount += 1 } else { report.refusedCount += 1 }
    }

    private static let others = [
        // COCO's annotations, with a hole as run lengths.
        """
        {"images":[{"id":1,"width":640,"height":480,"file_name":"000001.jpg"}],"annotations":[{"id":7,"image_id":1,
        "category_id":3,"iscrowd":1,"area":1234.5,"bbox":[1.5,2,30,40],"segmentation":{"size":[480,640],"counts":[10,5,7]}}],
        "categories":[{"id":3,"name":"cat"}]}
        """,
        #"{"caption":"a \"cat\" \u00e9\ud83d\ude00","score":-1.5e-3,"tags":[true,false,null]}"#,
        #"{"format":"qd-imd-dataset/1","counts":{"train":2}}"#,
    ]
}
