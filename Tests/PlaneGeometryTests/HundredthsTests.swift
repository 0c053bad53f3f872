import Foundation
import PlaneGeometry
import Testing

struct HundredthsTests {
    @Test(arguments: [
        (0.125, 0.13), (-0.125, -0.13), (0.375, 0.38), (2.5, 2.5), (1234.567, 1234.57), (0.004, 0), (99.999, 100),
    ])
    func `a number is rounded to the nearest hundredth, halves away from zero`(number: Double, expected: Double) {
        let rounded = number.roundedToHundredths
        #expect(rounded == expected)
    }

    @Test(arguments: [-0.0, -0.001, -0.0049])
    func `a small negative number becomes positive zero`(number: Double) {
        let rounded = number.roundedToHundredths
        #expect(rounded == 0)
        #expect(rounded.sign == .plus)
    }

    @Test(arguments: 0..<50)
    func `a rounded number is unchanged after writing it with two decimals and reading it back`(seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        for magnitude in [1.0, 1000, 10_000_000] {
            for _ in 0..<200 {
                let rounded = random.number(-magnitude...magnitude).roundedToHundredths
                let text = String(format: "%.2f", rounded)
                #expect(Double(text) == rounded)
            }
        }
    }

    @Test(arguments: 0..<50)
    func `rounding changes a number by at most 0.005`(seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        let number = random.number(-10_000_000...10_000_000)
        let rounded = number.roundedToHundredths
        #expect((rounded - number).magnitude <= 0.005 + 1e-8)
    }

    @Test(arguments: 0..<50)
    func `rounding is idempotent`(seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        let rounded = random.number(-10_000_000...10_000_000).roundedToHundredths
        #expect(rounded.roundedToHundredths == rounded)
    }

    @Test func `a point is rounded in both coordinates`() {
        let rounded = Point(x: 1.239, y: -4.561).roundedToHundredths
        #expect(rounded == Point(x: 1.24, y: -4.56))
    }
}
