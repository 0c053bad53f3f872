extension String {
    /// The text with control characters as escapes, so that it is one line, and no terminal obeys it: `\u{1B}` for ESC.
    package var escapingControls: String {
        if unicodeScalars.allSatisfy({ !$0.isControl }) { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isControl:
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text, which may have lines and columns, with all other control characters as escapes of JSON: `\u001b` for ESC.
    var escapingControlsOfTexts: String {
        if unicodeScalars.allSatisfy({ !$0.isControl || $0 == "\n" || $0 == "\t" }) { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isControl, scalar != "\n", scalar != "\t" {
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether a terminal could obey the character, or show the text around it in another order: control characters,
    /// line and paragraph separators, and the controls of bidirectional text.
    fileprivate var isControl: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
