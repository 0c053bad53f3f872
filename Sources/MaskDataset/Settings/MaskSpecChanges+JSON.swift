import JSONText
import MaskModel

// The members of `spec` in dataset.json and in spec files that describe the recipe for a mask.

extension MaskSpecChanges {
    /// The values of `spec`, without those of options that QD-IMD's recipe does not have and that are not used.
    init(_ spec: MaskSpec) {
        self.init()
        canvas = spec.canvas
        strokesMean = spec.strokesMean
        strokesStd = spec.strokesStd
        minStrokeWidth = spec.strokeWidth.lowerBound
        maxStrokeWidth = spec.strokeWidth.upperBound
        maxUpscaleRate = spec.maxUpscaleRate
        if spec.holeRatio != .any { holeRatio = spec.holeRatio }
        if spec.maxWidthFactor != MaskSpec.standard.maxWidthFactor { maxWidthFactor = spec.maxWidthFactor }
        if spec.border != .any { border = spec.border }
        if spec.placement != .drawn { placement = spec.placement }
        if spec.rotates { rotates = true }
        if spec.flips { flips = true }
        if spec.strokeScale != 1...1 { strokeScale = spec.strokeScale }
    }

    func write(to json: inout JSONWriter) {
        if let canvas { json.member("canvas", canvas) }
        if let strokesMean { json.member("strokes_mean", exactly: strokesMean) }
        if let strokesStd { json.member("strokes_std", exactly: strokesStd) }
        if let minStrokeWidth { json.member("min_stroke_width", exactly: minStrokeWidth) }
        if let maxStrokeWidth { json.member("max_stroke_width", exactly: maxStrokeWidth) }
        if let maxUpscaleRate { json.member("max_upscale_rate", exactly: maxUpscaleRate) }
        switch holeRatio {
        case .within(let range): json.member("hole_ratio", range)
        case .any: json.member("hole_ratio", "any")
        case nil: break
        }
        if let maxWidthFactor { json.member("max_width_factor", exactly: maxWidthFactor) }
        if let border {
            json.member("border", border.name)
            if case .free(let margin?) = border { json.member("border_margin", exactly: margin) }
        }
        if let placement { json.member("placement", placement.rawValue) }
        if let rotates { json.member("rotate", rotates) }
        if let flips { json.member("flip", flips) }
        if let strokeScale { json.member("stroke_scale", strokeScale) }
    }

    /// Reads the value of the member `name`.
    ///
    /// - Returns: false if the recipe for a mask has no such member.
    /// - Throws: `SpecError` if the value is of a different kind.
    mutating func read(_ name: String, _ value: JSONValue) throws(SpecError) -> Bool {
        switch name {
        case "canvas": canvas = try value.expected(PixelSize.init, "[width, height] in px", as: name)
        case "strokes_mean": strokesMean = try value.number(as: name)
        case "strokes_std": strokesStd = try value.number(as: name)
        case "min_stroke_width": minStrokeWidth = try value.number(as: name)
        case "max_stroke_width": maxStrokeWidth = try value.number(as: name)
        case "max_upscale_rate": maxUpscaleRate = try value.number(as: name)
        case "hole_ratio":
            holeRatio = value.string.map { $0 == "any" } == true ? .any : .within(try value.range(as: name))
        case "max_width_factor": maxWidthFactor = try value.number(as: name)
        case "border":
            let margin: Double? = if case .free(let margin) = border { margin } else { nil }
            switch try value.text(as: name) {
            case "free": border = .free(margin: margin)
            // Members can be in any order.
            case _ where margin != nil: throw SpecError(name, value, expected: "free, with border_margin")
            case "any": border = .any
            case "touching": border = .touching
            default: throw SpecError(name, value, expected: "any, touching or free")
            }
        case "border_margin":
            switch border {
            case nil, .free: border = .free(margin: try value.number(as: name))
            default: throw SpecError(name, value, expected: "it only with the border free")
            }
        case "placement":
            placement = try value.expected(
                { $0.name(of: StrokePlacement.self) }, "drawn or uniform", as: name)
        case "rotate": rotates = try value.expected(\.boolean, "true or false", as: name)
        case "flip": flips = try value.expected(\.boolean, "true or false", as: name)
        case "stroke_scale": strokeScale = try value.range(as: name)
        default: return false
        }
        return true
    }
}

extension BorderConstraint {
    fileprivate var name: String {
        switch self {
        case .any: "any"
        case .touching: "touching"
        case .free: "free"
        }
    }
}

extension JSONWriter {
    /// Writes a member `[minimum, maximum]`.
    mutating func member(_ name: StaticString, _ range: ClosedRange<Double>) {
        self.name(name)
        array { json in
            json.value(exactly: range.lowerBound)
            json.value(exactly: range.upperBound)
        }
    }

    /// Writes a member that is true or false.
    mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        self.value(value)
    }
}
