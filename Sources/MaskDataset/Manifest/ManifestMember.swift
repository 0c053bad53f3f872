import JSONText
import MaskModel
import PNGCodec
import QuickDraw
import StrokeBank
import SystemPackage

/// A member of `dataset.json`: its name, how it is written, and how it is read back as a setting.
///
/// Three kinds of files consist of these members. A spec file has the settings; the plan of an unfinished export has
/// also what is known before the first mask is generated, and how it is cut into shards; `dataset.json` has all that does
/// not depend on the shards. So an export can read the settings of any of them.
struct ManifestMember: Sendable {
    let name: StaticString
    /// Whether a file may lack the member, which then has its default.
    var isOptional = false
    /// Writes name and value; writes nothing if the contents lack the value, or an optional one has its default.
    let write: @Sendable (ManifestContents, inout JSONWriter) -> Void
    /// Applies the value to the settings; nil for members that describe a result, which readers of settings ignore.
    var read: (@Sendable (JSONValue, inout ExportSettings) throws(SpecError) -> Void)?

    /// All members, in the order of the file.
    static let all = [
        format, program, spec, seed, size, imageSizes, formats, tar, layouts, extras, cocoCounts, hole, bitDepth,
        channels, backend, renderer, source, counts, splits, license, attribution, files, masksPerShard, shards, output,
        imageNames, bank,
    ]

    static func named(_ name: String) -> ManifestMember? {
        all.first { $0.name.description == name }
    }

    // MARK: Settings

    private static let spec = ManifestMember(name: "spec") { contents, json in
        json.name("spec")
        json.object { contents.settings.writeSpec(to: &$0) }
    } read: { (value, settings) throws(SpecError) in
        try settings.readSpec(value)
    }

    private static let seed = ManifestMember(name: "seed") { contents, json in
        json.member("seed", contents.settings.seed)
    } read: { (value, settings) throws(SpecError) in
        settings.seed = try value.expected(\.uint64, "a whole number of 0 or more", as: "seed")
    }

    private static let size = ManifestMember(name: "size") { contents, json in
        json.member("size", contents.settings.imageSize)
    } read: { (value, settings) throws(SpecError) in
        let size = try value.expected(PixelSize.init, "[width, height] in px", as: "size")
        settings.size = size
    }

    private static let imageSizes = ManifestMember(name: "image_sizes", isOptional: true) { contents, json in
        if contents.settings.layouts.usesImageSizes { json.member("image_sizes", true) }
    } read: { (value, settings) throws(SpecError) in
        let usesImageSizes = try value.expected(\.boolean, "true or false", as: "image_sizes")
        settings.layouts.usesImageSizes = usesImageSizes
        if usesImageSizes { settings.layouts.needsImages = true }
    }

    private static let formats = ManifestMember(name: "formats") { contents, json in
        json.name("formats")
        json.array(of: DatasetFormat.allCases.filter(contents.settings.keptFormats.contains))
    } read: { (value, settings) throws(SpecError) in
        settings.formats = try value.set(of: DatasetFormat.self, as: "formats")
    }

    private static let tar = ManifestMember(name: "tar", isOptional: true) { contents, json in
        if let masksPerTar = contents.settings.masksPerTar { json.member("tar", masksPerTar) }
    } read: { (value, settings) throws(SpecError) in
        settings.masksPerTar = try value.count(as: "tar", from: 1)
    }

    private static let layouts = ManifestMember(name: "layouts", isOptional: true) { contents, json in
        guard contents.settings.layouts.kinds != [.qdIMD] else { return }
        json.name("layouts")
        json.array { contents.settings.writeLayouts(to: &$0) }
    } read: { (value, settings) throws(SpecError) in
        try settings.layouts.read(value)
    }

    private static let extras = ManifestMember(name: "extras", isOptional: true) { contents, json in
        guard !contents.settings.layouts.extras.isEmpty else { return }
        json.name("extras")
        json.array(of: DatasetExtra.allCases.filter(contents.settings.layouts.extras.contains))
    } read: { (value, settings) throws(SpecError) in
        settings.layouts.extras = try value.set(of: DatasetExtra.self, as: "extras")
    }

    private static let cocoCounts = ManifestMember(name: "coco_counts", isOptional: true) { contents, json in
        let counts = contents.settings.layouts.cocoCounts
        if counts != .compressed { json.member("coco_counts", counts.rawValue) }
    } read: { (value, settings) throws(SpecError) in
        settings.layouts.cocoCounts = try value.expected(
            { $0.name(of: LayoutSettings.COCOCounts.self) }, "compressed or uncompressed", as: "coco_counts")
    }

    private static let hole = ManifestMember(name: "hole") { contents, json in
        json.member("hole", contents.settings.holeColor.rawValue)
    } read: { (value, settings) throws(SpecError) in
        settings.holeColor = try value.expected({ $0.name(of: HoleColor.self) }, "white or black", as: "hole")
    }

    private static let bitDepth = ManifestMember(name: "bit_depth") { contents, json in
        json.member("bit_depth", contents.settings.bitDepth.rawValue)
    } read: { (value, settings) throws(SpecError) in
        settings.bitDepth = try value.expected(
            { $0.int.flatMap(MaskPNGEncoder.BitDepth.init) }, "8 or 1", as: "bit_depth")
    }

    private static let channels = ManifestMember(name: "channels", isOptional: true) { contents, json in
        if contents.settings.channels != .one { json.member("channels", contents.settings.channels.rawValue) }
    } read: { (value, settings) throws(SpecError) in
        settings.channels = try value.expected(
            { $0.int.flatMap(MaskPNGEncoder.Channels.init) }, "1 or 3", as: "channels")
    }

    private static let backend = ManifestMember(name: "backend") { contents, json in
        json.member("backend", contents.settings.backend)
    } read: { (value, settings) throws(SpecError) in
        settings.backend = try value.text(as: "backend")
    }

    private static let counts = ManifestMember(name: "counts") { contents, json in
        json.name("counts")
        json.object { json in
            json.member("train", contents.settings.trainCount)
            json.member("test", contents.settings.testCount)
        }
    } read: { (value, settings) throws(SpecError) in
        guard value.kind == .object else { throw SpecError("counts", value, expected: "an object") }
        try value.checkMembersAreUnique()
        for member in value.members {
            switch member.name.text {
            case "train":
                settings.trainCount = try member.value.count(as: "train", from: 0, to: ExportSettings.maximumCount)
            case "test":
                settings.testCount = try member.value.count(as: "test", from: 0, to: ExportSettings.maximumCount)
            default: throw SpecError(unknown: member.name.text, in: "\"counts\"", expected: "train and test")
            }
        }
    }

    private static let license = ManifestMember(name: "license", isOptional: true) { contents, json in
        if let identifier = contents.settings.license.identifier { json.member("license", identifier) }
    } read: { (value, settings) throws(SpecError) in
        settings.license = try value.expected(
            {
                SourceLicense(
                    identifier: $0.string?.text ?? "", attribution: settings.license.attribution)
            }, SourceLicense.identifierDescription, as: "license")
    }

    private static let attribution = ManifestMember(name: "attribution", isOptional: true) { contents, json in
        if let attribution = contents.settings.license.attribution { json.member("attribution", attribution) }
    } read: { (value, settings) throws(SpecError) in
        settings.license = try value.expected(
            {
                SourceLicense(
                    identifier: settings.license.identifier, attribution: $0.string?.text ?? "")
            }, SourceLicense.attributionDescription, as: "attribution")
    }

    // MARK: Results

    private static let format = ManifestMember(name: "format") { contents, json in
        if contents.totals != nil {
            json.member("format", DatasetManifest.format)
        } else if contents.isPlan {
            json.member("format", PlanFile.format)
        }
    }

    private static let program = ManifestMember(name: "program") { contents, json in
        if contents.plan != nil { json.member("program", "qd-imd \(programVersion)") }
    }

    private static let source = ManifestMember(name: "source") { contents, json in
        guard let source = contents.plan?.source else { return }
        json.name("source")
        source.write(to: &json)
    }

    private static let splits = ManifestMember(name: "splits") { contents, json in
        guard let plan = contents.plan, let totals = contents.totals else { return }
        json.name("splits")
        json.object { json in
            for split in Split.allCases {
                let total = totals[split] ?? MaskTotals()
                json.name(split.rawValue)
                json.object { json in
                    json.member("masks", total.masks)
                    json.member("strokes", total.strokes)
                    json.member("mean_hole_ratio", total.meanHoleRatio, decimals: 6)
                    json.name("categories")
                    json.array { json in
                        for word in plan.split[split] { json.value(word) }
                    }
                }
            }
        }
    }

    private static let renderer = ManifestMember(name: "renderer") { contents, json in
        guard let options = contents.plan?.options, contents.isPlan || contents.totals != nil else { return }
        // What the name of the backend says is not repeated in the dataset.
        guard contents.isPlan || options.renderer != contents.settings.backend else { return }
        json.member("renderer", options.renderer)
    }

    private static let files = ManifestMember(name: "files") { contents, json in
        if let count = contents.fileCount { json.member("files", count) }
    }

    // MARK: Shards

    private static let masksPerShard = ManifestMember(name: "masks_per_shard") { contents, json in
        if let options = contents.planOptions { json.member("masks_per_shard", options.masksPerShard) }
    }

    private static let shards = ManifestMember(name: "shards") { contents, json in
        if contents.isPlan, let plan = contents.plan { json.member("shards", plan.shards.count) }
    }

    private static let output = ManifestMember(name: "output") { contents, json in
        if let options = contents.planOptions { json.member("output", options.output.string) }
    }

    private static let imageNames = ManifestMember(name: "image_names") { contents, json in
        guard contents.isPlan, let images = contents.settings.layouts.images else { return }
        json.name("image_names")
        json.array { json in
            for (index, path) in images.imagePaths.enumerated() {
                guard let size = images.sizes?[index] else {
                    json.value(path)
                    continue
                }
                json.array { json in
                    json.value(path)
                    json.array { json in
                        json.value(size.width)
                        json.value(size.height)
                    }
                }
            }
        }
    }

    private static let bank = ManifestMember(name: "bank") { contents, json in
        guard let bank = contents.planOptions?.bank else { return }
        json.name("bank")
        json.object { json in
            json.member("path", bank.path.string)
            json.member("fingerprint", bank.fingerprint)
        }
    }
}
