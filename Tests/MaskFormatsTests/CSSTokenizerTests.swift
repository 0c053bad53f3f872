import Testing

@testable import MaskFormats

/// The tokens of a text as text: `name:a number:2.0 '('`.
private func tokens(_ text: String) -> String {
    CSSTokenizer.tokens(of: Array(text.utf8)).map { token in
        switch token.kind {
        case .space: "_"
        case .name(let name): "name:\(name)"
        case .function(let name): "\(name)("
        case .hash(let name): "#\(name)"
        case .atKeyword: "@"
        case .string: "string"
        case .badString: "bad"
        case .number(let number): "\(number)"
        case .percentage(let number): "\(number)%"
        case .dimension(let number, let unit): "\(number):\(unit)"
        case .character(let byte): "'\(Character(UnicodeScalar(byte)))'"
        }
    }.joined(separator: " ")
}

@Suite struct CSSTokenizerTests {
    @Test(arguments: [
        ("Stroke-Width", "name:stroke-width"), ("-x --y _z é", "name:-x _ name:--y _ name:_z _ name:é"),
        ("a:b;c", "name:a ':' name:b ';' name:c"), ("rgb(1,2)", "rgb( 1.0 ',' 2.0 ')'"),
        ("1 +2 -3.5 .5 5e2 5E-1", "1.0 _ 2.0 _ -3.5 _ 0.5 _ 500.0 _ 0.5"), ("2. 2.x", "2.0 '.' _ 2.0 '.' name:x"),
        ("3px 4% 5e 6e3Q 7-x", "3.0:px _ 4.0% _ 5.0:e _ 6000.0:q _ 7.0:-x"), (".5.5 +.5-.5", "0.5 0.5 _ 0.5 -0.5"),
        ("+ - .", "'+' _ '-' _ '.'"),
        ("#FFF #1a # #-", "#fff _ #1a _ '#' _ #-"), ("@media @ 1", "@ _ '@' _ 1.0"),
        ("'a\\'b' \"c;d\" 'e", "string _ string _ string"), ("'a\nb'", "bad _ name:b string"),
        ("a/**/b /* c */ d/*", "name:a name:b _ _ name:d"), ("/ /", "'/' _ '/'"),
        ("\\73 troke \\64isplay \\-x \\0 ", "name:stroke _ name:\u{DD}splay _ name:-x _ name:\u{FFFD}"),
        ("url(a;b) url( 'c' ) url(d", "url( _ url( _ string _ ')' _ url("),
        ("<!-- -->", "'<' '!' name:-- _ name:-- '>'"),
        ("", ""), ("1e999 -1e999", "inf _ -inf"), ("\\", "'\\'"), ("a\\", "name:a '\\'"),
    ])
    func `text is split into tokens`(text: String, expected: String) {
        let expected = expected.replacing("name:\u{DD}splay", with: "name:\u{64}isplay")
        let found = tokens(text)
        #expect(found == expected)
    }

    @Test func `tokens and what is between them are the text`() {
        let text = "a /*b*/ 12px !important;\u{E9}:url(x y) 'z"
        let tokens = CSSTokenizer.tokens(of: Array(text.utf8))
        var end = 0
        for token in tokens {
            #expect(token.range.lowerBound >= end && !token.range.isEmpty)
            end = token.range.upperBound
        }
        #expect(end == text.utf8.count)
    }

    @Test func `any bytes are split into tokens`() {
        var state: UInt64 = 1
        let alphabet = Array("az-_\\ \n\"'/*#@()[]{}:;,.%+!0123456789eEur\u{E9}".utf8)
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let last = CSSTokenizer.tokens(of: bytes).last?.range.upperBound ?? 0
            #expect(last <= bytes.count)
            _ = try? CSSDeclaration.list(text)
            let value = CSSValue(text)
            _ = (CSSColor(value), SVGLength(value), SVGPaint(value), value.keyword)
        }
    }
}
