import PlaneGeometry

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Parses the attribute `transform`: the map from the element's coordinates to those of its parent.
func parseTransform(_ text: String) throws(MaskFormatError) -> AffineTransform {
    var scanner = SVGAttributeScanner(text)
    var result = AffineTransform.identity
    scanner.skipSpace()
    while !scanner.isAtEnd {
        let name = scanner.word()
        scanner.skipSpace()
        var numbers: [Double] = []
        guard scanner.consume("(") else { throw MaskFormatError("transform \(scanner.found); expected \(name)(…)") }
        scanner.skipSpace()
        while let number = scanner.number() {
            numbers.append(number)
            scanner.skipSeparator()
        }
        guard scanner.consume(")") else { throw MaskFormatError("transform \(scanner.found); expected a number or )") }
        scanner.skipSpace()
        // A comma may separate two functions.
        if scanner.consume(",") {
            scanner.skipSpace()
            guard !scanner.isAtEnd else { throw MaskFormatError("transform ends; expected a function after the comma") }
        }
        guard let step = transform(name, numbers), step.isFinite else {
            throw MaskFormatError(
                "transform has \(name)(…) with \(numbers.count) argument\(numbers.count == 1 ? "" : "s");"
                    + " expected a transform function of SVG")
        }
        // The list is ordered from outer to inner: its last function is applied first.
        result = step.followed(by: result)
    }
    return result
}

private func transform(_ name: String, _ n: [Double]) -> AffineTransform? {
    switch (name, n.count) {
    case ("matrix", 6): AffineTransform(a: n[0], b: n[1], c: n[2], d: n[3], tx: n[4], ty: n[5])
    case ("translate", 1): .translation(dx: n[0], dy: 0)
    case ("translate", 2): .translation(dx: n[0], dy: n[1])
    case ("scale", 1): .scaling(x: n[0], y: n[0])
    case ("scale", 2): .scaling(x: n[0], y: n[1])
    case ("rotate", 1): rotation(degrees: n[0])
    case ("rotate", 3):
        .translation(dx: -n[1], dy: -n[2])
            .followed(by: rotation(degrees: n[0]))
            .followed(by: .translation(dx: n[1], dy: n[2]))
    case ("skewX", 1): AffineTransform(a: 1, b: 0, c: tan(n[0] * .pi / 180), d: 1, tx: 0, ty: 0)
    case ("skewY", 1): AffineTransform(a: 1, b: tan(n[0] * .pi / 180), c: 0, d: 1, tx: 0, ty: 0)
    default: nil
    }
}

private func rotation(degrees: Double) -> AffineTransform {
    let angle = degrees * .pi / 180
    return .rotation(sine: sin(angle), cosine: cos(angle))
}
