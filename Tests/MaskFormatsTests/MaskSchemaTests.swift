import MaskSamples
import Foundation
import MaskFormats
import MaskModel
import Testing

/// Validates JSON against a JSON Schema, with the keywords that the mask's schema has: any other keyword fails.
private struct SchemaChecker {
    let root: [String: Any]

    /// The violations of the schema in `value`, each with its location.
    func violations(of value: Any, under schema: [String: Any], at place: String = "$") -> [String] {
        schema.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            violations(of: value, keyword, rule, schema).map { $0.hasPrefix("$") ? $0 : "\(place): \(keyword): \($0)" }
        }
    }

    private func violations(of value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any]) -> [String] {
        let number = (value as? NSNumber)?.doubleValue
        let object = value as? [String: Any]
        let array = value as? [Any]
        func check(_ isRight: Bool) -> [String] { isRight ? [] : ["\(value) against \(rule)"] }
        switch (keyword, rule) {
        case ("$schema", _), ("$id", _), ("title", _), ("description", _), ("$defs", _): return []
        case ("$ref", let path as String):
            let definitions = root["$defs"] as? [String: Any]
            guard let target = definitions?[path.replacing("#/$defs/", with: "")] as? [String: Any] else {
                return ["no \(path)"]
            }
            return violations(of: value, under: target, at: path)
        case ("type", let name as String):
            switch name {
            case "object": return check(object != nil)
            case "array": return check(array != nil)
            case "string": return check(value is String)
            case "number": return check(number != nil)
            case "boolean": return check(value is Bool)
            case "integer": return check(number.map { $0 == $0.rounded() } == true)
            default: return ["unknown type \(name)"]
            }
        case ("const", let expected as Bool): return check(value as? Bool == expected)
        case ("if", let rule as [String: Any]):
            guard let other = schema["else"] as? [String: Any] else { return ["no else"] }
            return violations(of: value, under: rule).isEmpty ? [] : violations(of: value, under: other)
        case ("else", _): return []
        case ("oneOf", let rules as [[String: Any]]):
            return check(rules.count { violations(of: value, under: $0).isEmpty } == 1)
        case ("maxItems", let limit as NSNumber): return check(array.map { $0.count <= limit.intValue } == true)
        case ("enum", let expected as [String]): return check((value as? String).map(expected.contains) == true)
        case ("required", let names as [String]): return check(names.allSatisfy { object?[$0] != nil })
        case ("properties", let rules as [String: [String: Any]]):
            return (object ?? [:]).flatMap { name, member in
                // A condition describes only the members that it is about.
                rules[name].map { violations(of: member, under: $0, at: "$.\(name)") }
                    ?? (schema["type"] == nil ? [] : ["\(name) is not described"])
            }
        case ("minimum", let limit as NSNumber): return check(number.map { $0 >= limit.doubleValue } == true)
        case ("maximum", let limit as NSNumber): return check(number.map { $0 <= limit.doubleValue } == true)
        case ("exclusiveMinimum", let limit as NSNumber): return check(number.map { $0 > limit.doubleValue } == true)
        case ("minItems", let limit as NSNumber): return check(array.map { $0.count >= limit.intValue } == true)
        case ("prefixItems", let rules as [[String: Any]]):
            return zip(array ?? [], rules).flatMap { violations(of: $0, under: $1, at: "$[]") }
        case ("items", let rule as [String: Any]):
            return (array ?? []).flatMap { violations(of: $0, under: rule, at: "$[]") }
        case ("items", let isAllowed as NSNumber):
            let prefixCount = (schema["prefixItems"] as? [Any])?.count ?? 0
            return check(isAllowed.boolValue || array?.count ?? 0 <= prefixCount)
        case ("pattern", let pattern as String):
            return check((value as? String)?.range(of: pattern, options: .regularExpression) != nil)
        default: return ["unknown keyword"]
        }
    }
}

private func parsed(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

@Suite struct MaskSchemaTests {
    @Test func `the schema is JSON of the draft it names`() throws {
        let schema = try parsed(maskSchema)
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["$id"] as? String == MaskRecord.shapeFormat)
        #expect(maskSchema.hasSuffix("}\n"))
    }

    @Test(arguments: 0..<20)
    func `every written record conforms to the schema`(seed: Int) throws {
        let checker = SchemaChecker(root: try parsed(maskSchema))
        let record = try parsed(try MaskRecord.random(seed: seed).json)
        #expect(checker.violations(of: record, under: checker.root) == [])
    }

    @Test(arguments: [
        #"{"format":"qd-imd-mask/3","canvas":[1,1],"strokes":[]}"#, #"{"canvas":[1,1],"strokes":[]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1,1],"strokes":[]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1],"strokes":[]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,0],"strokes":[]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":{}}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[],"split":"validation"}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[],"index":-1}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[],"hole_ratio":1.5}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[],"upscale":0}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[],"index":9007199254740992}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":0.006,"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":1,"points":[]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":0,"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":1,"points":[[1,20000000]]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":1,"points":[[1]]}]}"#,
        #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[{"width":-1,"fill":true,"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[{"width":0,"fill":false,"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[{"width":1,"fill":"yes","points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[{"width":1,"cap":"square","points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[{"width":1,"cap":["butt"],"points":[[1,1]]}]}"#,
        #"{"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":1,"points":[[1,1]],"source":{"word":"cat"}}]}"#,
    ])
    func `the reader refuses what the schema refuses`(text: String) throws {
        let checker = SchemaChecker(root: try parsed(maskSchema))
        let violations = checker.violations(of: try parsed(text), under: checker.root)
        let complaint = complaint { _ = try MaskRecord(json: text) }
        #expect(violations != [])
        #expect(complaint != nil)
    }

    /// The pattern once had spaces in it, and refused the keys of one of its lines.
    @Test(arguments: [
        ("0", true), ("007", true), ("18446744073709551615", true), ("18446744073709551599", true),
        ("18446744073709499999", true), ("09999999999999999999", true), ("18446744073709551616", false),
        ("18446744073709551620", false), ("18446744073709560000", false), ("19000000000000000000", false),
        ("99999999999999999999", false), ("000000000000000000007", false), ("-0", false), ("+1", false), ("", false),
    ])
    func `the schema and the reader allow the same keys of drawings`(key: String, isAllowed: Bool) throws {
        let checker = SchemaChecker(root: try parsed(maskSchema))
        let text = """
            {"format":"qd-imd-mask/1","canvas":[1,1],"strokes":[{"width":1,"points":[[1,1]],\
            "source":{"word":"cat","key_id":"\(key)","stroke":0}}]}
            """
        let violations = checker.violations(of: try parsed(text), under: checker.root)
        #expect(violations.isEmpty == isAllowed)
        #expect((complaint { _ = try MaskRecord(json: text) } == nil) == isAllowed)
    }
}
