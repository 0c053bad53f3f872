import FileAccess
import JSONText
package import MaskModel
import QuickDraw
import StrokeBank

/// A setting that is missing, unknown, or out of range.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: what was found and what was expected.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

// Settings as JSON text, from callers that have no command line.

extension ExportSettings {
    /// The settings of a preset or a spec, with changes applied as the options of the command line are.
    ///
    /// - Parameters:
    ///   - preset: The name of a preset; nil for QD-IMD's recipe.
    ///   - spec: A spec file's text; nil for none. It cannot be combined with a preset.
    ///   - changes: An object of members of `spec`, and of `seed`, `size`, and `count`; nil for none.
    ///   - split: The split that `count` is the number of masks of.
    /// - Throws: `SettingsError` for the first member that is unknown or out of range.
    package init(
        preset: String?, spec: [UInt8]?, changes: [UInt8]?, split: Split
    ) throws(SettingsError) {
        self.init()
        var parser = JSONParser()
        do {
            let changes = try changes.map { try parser.parse($0) }
            if let changes, changes.kind != .object { throw SettingsError("not a JSON object; expected changes") }
            if let spec {
                guard preset == nil else { throw SettingsError("a preset cannot be used with a spec") }
                var specParser = JSONParser()
                self = try applying(specParser.parse(spec))
            } else if let preset {
                let canvas = try changes?["canvas"].map { value throws(SpecError) in
                    try value.expected(PixelSize.init, "[width, height] in px", as: "canvas")
                }
                self = try Preset.named(preset).settings(canvas: canvas ?? .standard)
            }
            if let changes { try change(changes, split) }
            try checkOnDemandMasks(split)
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("\(error)")
        }
    }

    /// Applies members of a spec file's `spec`, and the top-level ones that matter for masks on demand.
    private mutating func change(_ json: JSONValue, _ split: Split) throws {
        var changes = MaskSpecChanges()
        for member in json.members {
            let (name, value) = (member.name.text, member.value)
            if try changes.read(name, value) || DrawingFilter.memberNames.contains(name) { continue }
            switch name {
            case "seed":
                seed = try value.expected(\.uint64, "a whole number of 0 or more", as: name)
            case "size":
                size = try value.expected(PixelSize.init, "[width, height] in px", as: name)
            case "count":
                let count = try value.count(as: name, from: 1, to: Self.maximumCount)
                if split == .train { trainCount = count } else { testCount = count }
            case "drawings_per_file": pool.drawingsPerFile = try value.count(as: name, from: 1)
            case "strokes_per_drawing": pool.strokesPerDrawing = try value.count(as: name, from: 1)
            case "skip_damaged": pool.skipsDamaged = try value.expected(\.boolean, "true or false", as: name)
            default: throw SpecError(unknown: name, in: "the changes", expected: "only members of a spec")
            }
        }
        try change(changes)
        pool.filter = try pool.filter.changed(by: json)
    }

    /// Checks that masks of `split` can be generated on demand.
    private mutating func checkOnDemandMasks(_ split: Split) throws(SettingsError) {
        if layouts.usesImageSizes {
            throw SettingsError("the masks of the spec have the sizes of images; expected masks of one size")
        }
        // A preset may have masks of one split only; on demand, both splits have masks.
        if count(of: split) == 0 {
            let usual = ExportSettings()
            if split == .train { trainCount = usual.trainCount } else { testCount = usual.testCount }
        }
        guard imageSize.hasAspectRatio(of: spec.canvas) else {
            throw SettingsError("size is \(imageSize); expected the aspect ratio of the canvas, \(spec.canvas)")
        }
    }
}

extension Preset {
    /// The preset with this name.
    fileprivate static func named(_ name: String) throws(SettingsError) -> Preset {
        guard let preset = all.first(where: { $0.name == name }) else {
            throw SettingsError("no preset \"\(name)\"; expected \(all.map(\.name).joined(separator: ", "))")
        }
        return preset
    }
}

extension DrawingFilter {
    /// The filter with the members of an object in place of its own.
    fileprivate func changed(by json: JSONValue) throws(DrawingFilterError) -> DrawingFilter {
        let changes = try DrawingFilter(json)
        var filter = self
        if json["words"] != nil { filter.words = changes.words }
        if json["exclude_words"] != nil { filter.excludedWords = changes.excludedWords }
        if json["countries"] != nil { filter.countries = changes.countries }
        if json["recognized"] != nil { filter.isRecognizedOnly = changes.isRecognizedOnly }
        filter.strokeLength = try StrokeMeasureRange(
            minimum: json["min_stroke_length"] == nil ? strokeLength.minimum : changes.strokeLength.minimum,
            maximum: json["max_stroke_length"] == nil ? strokeLength.maximum : changes.strokeLength.maximum,
            of: "stroke length")
        filter.strokeExtent = try StrokeMeasureRange(
            minimum: json["min_stroke_extent"] == nil ? strokeExtent.minimum : changes.strokeExtent.minimum,
            maximum: json["max_stroke_extent"] == nil ? strokeExtent.maximum : changes.strokeExtent.maximum,
            of: "stroke extent")
        return filter
    }
}
