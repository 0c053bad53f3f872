import PlaneGeometry

/// A subpath of SVG path data, made of straight segments.
struct SVGSubpath: Hashable {
    var points: [Point]
    var isClosed = false

    /// The path that a brush follows, back to its start if it is closed.
    var polyline: Polyline {
        Polyline(isClosed ? points + points.prefix(1) : points)
    }
}

/// Reads the lists of numbers and commands in SVG's attributes.
struct SVGScanner {
    private let text: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { place == text.count }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
    }

    /// Passes white space and at most one comma.
    mutating func skipSeparator() {
        skipSpace()
        if peek == UInt8(ascii: ",") {
            place += 1
            skipSpace()
        }
    }

    /// Takes a letter; nil if something else comes.
    mutating func letter() -> Character? {
        guard let byte = peek, (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") else {
            return nil
        }
        place += 1
        return Character(UnicodeScalar(byte))
    }

    mutating func take(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, peek == byte else { return false }
        place += 1
        return true
    }

    /// Takes letters up to something else.
    mutating func word() -> String {
        var word = ""
        while let letter = letter() { word.append(letter) }
        return word
    }

    /// Takes a number of SVG's grammar, where `1-2` and `.5.5` are two each; nil if none comes.
    mutating func number() -> Double? {
        let start = place
        if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
        let digits = skipDigits()
        var fraction = 0
        if peek == UInt8(ascii: ".") {
            place += 1
            fraction = skipDigits()
        }
        guard digits + fraction > 0 else {
            place = start
            return nil
        }
        let mantissaEnd = place
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            place += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
            if skipDigits() == 0 { place = mantissaEnd }
        }
        // A trailing point ("5.") is SVG's, not Swift's.
        let digitsText = String(decoding: text[start..<place], as: UTF8.self)
        return Double(digitsText) ?? Double(digitsText.replacing(".", with: ""))
    }

    /// A word for what comes next, for error messages.
    var found: String {
        peek.map { "\"\(Character(UnicodeScalar($0)))\" at character \(place + 1)" } ?? "the end"
    }

    private var peek: UInt8? { place < text.count ? text[place] : nil }

    private mutating func skipDigits() -> Int {
        let start = place
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return place - start
    }
}

/// Reads the `d` of a path that has M, L, H, V and Z only, in both cases.
func parsePathData(_ text: String) throws(MaskFormatError) -> [SVGSubpath] {
    var scanner = SVGScanner(text)
    var subpaths: [SVGSubpath] = []
    var current = SVGSubpath(points: [])
    var pen = Point(x: 0, y: 0)

    func finish() {
        // A move alone draws nothing.
        if current.points.count > 1 || current.isClosed { subpaths.append(current) }
        current = SVGSubpath(points: [])
    }
    func number(after command: Character) throws(MaskFormatError) -> Double {
        guard let number = scanner.number() else {
            throw MaskFormatError("path data has \(scanner.found); expected a number of command \(command)")
        }
        scanner.skipSeparator()
        return number
    }

    scanner.skipSpace()
    while !scanner.isAtEnd {
        let place = scanner.found
        guard let command = scanner.letter() else { throw MaskFormatError("path data has \(place); expected a command") }
        guard "MmLlHhVvZz".contains(command) else {
            throw MaskFormatError("path data has \(place); expected M, L, H, V or Z, straight segments only")
        }
        guard subpaths.count > 0 || !current.points.isEmpty || command == "M" || command == "m" else {
            throw MaskFormatError("path data begins with \(place); expected M")
        }
        scanner.skipSpace()
        if command == "Z" || command == "z" {
            if let start = current.points.first {
                current.isClosed = true
                finish()
                pen = start
            }
            continue
        }
        let isRelative = command.isLowercase
        let origin = { isRelative ? pen : Point(x: 0, y: 0) }
        var isMove = command == "M" || command == "m"
        repeat {
            switch command {
            case "H", "h": pen.x = origin().x + (try number(after: command))
            case "V", "v": pen.y = origin().y + (try number(after: command))
            default:
                let start = origin()
                let x = try number(after: command)
                pen = Point(x: start.x + x, y: start.y + (try number(after: command)))
            }
            if isMove {
                finish()
                current.points = [pen]
                // What follows the first pair of a move are lines.
                isMove = false
            } else {
                // After Z, a new subpath begins where the closed one began.
                if current.points.isEmpty { current.points = [subpaths.last?.points.first ?? pen] }
                current.points.append(pen)
            }
        } while !scanner.isAtEnd && scanner.startsNumber
    }
    finish()
    return subpaths
}

extension SVGScanner {
    /// Whether a number comes next.
    fileprivate var startsNumber: Bool {
        var copy = self
        return copy.number() != nil
    }
}

/// Reads the `points` of a polyline.
func parsePointList(_ text: String) throws(MaskFormatError) -> [Point] {
    var scanner = SVGScanner(text)
    var points: [Point] = []
    scanner.skipSpace()
    while !scanner.isAtEnd {
        guard let x = scanner.number() else { throw MaskFormatError("points have \(scanner.found); expected a number") }
        scanner.skipSeparator()
        guard let y = scanner.number() else { throw MaskFormatError("points have \(scanner.found); expected a y") }
        scanner.skipSeparator()
        points.append(Point(x: x, y: y))
    }
    return points
}
