import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskFormats

/// The point (2, 1) after a transform, rounded to hundredths.
private func image(_ text: String) throws -> Point {
    try parseTransform(text).applied(to: Point(x: 2, y: 1)).roundedToHundredths
}

@Suite struct SVGTransformTests {
    @Test(arguments: [
        ("", 2.0, 1.0), ("translate(10)", 12, 1), ("translate(10, 20)", 12, 21), ("translate(10-20)", 12, -19),
        ("scale(3)", 6, 3), ("scale(3 2)", 6, 2), ("scale(-1,1)", -2, 1), ("rotate(90)", -1, 2),
        ("rotate(-90)", 1, -2), ("rotate(180 5 5)", 8, 9), ("rotate(30)", 1.23, 1.87), ("skewX(45)", 3, 1),
        ("skewY(45)", 2, 3), ("matrix(1 2 3 4 5 6)", 10, 14), ("matrix(0,1,-1,0,10,0)", 9, 2),
        (" translate ( 10 , 20 ) ", 12, 21), ("scale(1e1 .5)", 20, 0.5),
    ])
    func `every transform function of SVG is supported`(text: String, x: Double, y: Double) throws {
        #expect(try image(text) == Point(x: x, y: y))
    }

    @Test(arguments: [
        ("translate(10 0) scale(2)", 14.0, 2.0), ("scale(2) translate(10 0)", 24, 2),
        ("translate(10 0),scale(2) , rotate(90)", 8, 4), ("scale(2)scale(3)", 12, 6),
    ])
    func `the last of a list is applied first`(text: String, x: Double, y: Double) throws {
        #expect(try image(text) == Point(x: x, y: y))
    }

    @Test(arguments: [
        ("spin(5)", "transform has spin(…) with 1 argument; expected a transform function of SVG"),
        ("translate()", "transform has translate(…) with 0 arguments; expected a transform function of SVG"),
        ("translate(1 2 3)", "transform has translate(…) with 3 arguments; expected a transform function of SVG"),
        ("matrix(1 2 3 4 5)", "transform has matrix(…) with 5 arguments; expected a transform function of SVG"),
        ("rotate(1 2)", "transform has rotate(…) with 2 arguments; expected a transform function of SVG"),
        ("Scale(2)", "transform has Scale(…) with 1 argument; expected a transform function of SVG"),
        ("scale(1e999)", "transform has scale(…) with 1 argument; expected a transform function of SVG"),
        ("scale 2", "transform has \"2\" at character 7; expected scale(…)"),
        ("none", "transform ends; expected none(…)"),
        ("translate(5", "transform ends; expected a number or )"),
        ("scale(nan)", "transform has \"n\" at character 7; expected a number or )"),
        ("rotate(30deg)", "transform has \"d\" at character 10; expected a number or )"),
        ("translate(5,)", "transform has \",\" at character 12; expected a number or )"),
        (",scale(2)", "transform has \",\" at character 1; expected (…)"),
        ("scale(2),", "transform ends; expected a function after the comma"),
        ("7", "transform has \"7\" at character 1; expected (…)"),
    ])
    func `anything else is refused`(text: String, message: String) {
        #expect(complaint { _ = try parseTransform(text) } == message)
    }
}
