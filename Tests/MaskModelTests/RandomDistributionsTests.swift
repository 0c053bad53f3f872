import MaskSamples
import Foundation
import Testing

@testable import MaskModel

/// Returns the numbers of a list, one by one.
private struct ScriptedGenerator: RandomNumberGenerator {
    var upcoming: ArraySlice<UInt64>

    init(_ numbers: UInt64...) {
        upcoming = numbers[...]
    }

    mutating func next() -> UInt64 { upcoming.removeFirst() }
}

struct UniformDistributionTests {
    @Test func `the minimum of the unit distribution is 0`() {
        var random = ScriptedGenerator(0)
        let number = random.unitUniform()
        #expect(number == 0)
    }

    @Test func `the maximum of the unit distribution is the double before 1`() {
        var random = ScriptedGenerator(.max)
        let number = random.unitUniform()
        #expect(number == (1.0).nextDown)
    }

    @Test(arguments: [5.0...15, 1...1.5, -3...(-2), 0...1e-300])
    func `a sample of a range is within the range`(range: ClosedRange<Double>) {
        var random = ScriptedGenerator(0, .max, 1 << 63)
        let numbers = (0..<3).map { _ in random.uniform(in: range) }
        #expect(numbers.allSatisfy(range.contains))
        #expect(numbers[0] == range.lowerBound)
    }

    @Test func `a sample of a range of one number is that number`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let numbers = Set((0..<100).map { _ in random.uniform(in: 7.3...7.3) })
        #expect(numbers == [7.3])
    }

    @Test(arguments: 0..<5)
    func `samples of a range are uniform`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        let sample = (0..<20_000).map { _ in random.uniform(in: 5...15) }
        let probability = kolmogorovSmirnov(sample) { uniformCumulative($0, in: 5...15) }
        #expect(probability > significance)
    }

    @Test(arguments: 0..<5)
    func `successive samples are uncorrelated`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        let numbers = (0...20_000).map { _ in random.unitUniform() }
        let deviate = correlationDeviate(Array(zip(numbers, numbers.dropFirst())))
        #expect(deviate.magnitude < 3.29)
    }

    @Test(arguments: [2, 3, 7, 10, 345], 0..<3)
    func `integers below a bound are equally likely`(bound: Int, seed: Int) {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<20_000 { counts[random.uniform(below: bound)] += 1 }
        let probability = chiSquare(ofEqual: counts)
        #expect(probability > significance)
    }

    @Test func `the only integer below 1 is 0`() {
        var random = ScriptedGenerator(.max, 0)
        let numbers = [random.uniform(below: 1), random.uniform(below: 1)]
        #expect(numbers == [0, 0])
    }

    @Test func `the range of 64 bits is divided into equal parts`() {
        var random = ScriptedGenerator(1, 1 << 62, 1 << 63, .max)
        let numbers = (0..<4).map { _ in random.uniform(below: 4) }
        #expect(numbers == [0, 1, 2, 3])
    }

    @Test func `bits that would bias a number are rejected`() {
        // 2⁶⁴ = 3n + 1: one of the 2⁶⁴ values, 0, is rejected.
        var random = ScriptedGenerator(0, .max)
        let number = random.uniform(below: 3)
        #expect(number == 2)
        #expect(random.upcoming.isEmpty)
    }

    @Test func `a bound near the maximum is uniform`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let bound = Int.max
        let numbers = (0..<1000).map { _ in Double(random.uniform(below: bound)) / Double(bound) }
        let probability = kolmogorovSmirnov(numbers) { uniformCumulative($0, in: 0...1) }
        #expect(probability > significance)
    }
}

struct NormalDistributionTests {
    @Test(arguments: 0..<5)
    func `samples are normal`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        let sample = (0..<20_000).map { _ in random.normal(mean: 4, standardDeviation: 2) }
        let probability = kolmogorovSmirnov(sample) { normalCumulative($0, mean: 4, standardDeviation: 2) }
        #expect(probability > significance)
    }

    @Test func `the tails have the expected weights`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let sample = (0..<50_000).map { _ in random.normal(mean: 0, standardDeviation: 1) }
        let edges = [-3.0, -2.5, -2, 2, 2.5, 3]
        var counts = [Int](repeating: 0, count: edges.count + 1)
        for number in sample { counts[edges.count { $0 < number }] += 1 }
        let below = [0] + edges.map { normalCumulative($0) } + [1]
        let probability = chiSquare(counts, probabilities: zip(below, below.dropFirst()).map { $1 - $0 })
        #expect(probability > significance)
    }

    @Test func `with a standard deviation of 0 every sample is the mean`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let numbers = Set((0..<100).map { _ in random.normal(mean: 4, standardDeviation: 0) })
        #expect(numbers == [4])
    }

    @Test func `a pair at the center of the disc is rejected`() {
        // u = v = 0 is rejected; u = 0.5, v = 0 results in 0.5·√(−2·ln(0.25) / 0.25).
        var random = ScriptedGenerator(1 << 63, 1 << 63, 3 << 62, 1 << 63)
        let number = random.normal(mean: 0, standardDeviation: 1)
        #expect((number - (2 * log(4.0)).squareRoot()).magnitude < 1e-15)
    }

    @Test func `a pair outside the disc is rejected`() {
        // u = v = −1 is a corner of the square.
        var random = ScriptedGenerator(0, 0, 3 << 62, 1 << 63)
        let number = random.normal(mean: 0, standardDeviation: 1)
        #expect((number - (2 * log(4.0)).squareRoot()).magnitude < 1e-15)
    }
}

struct NaturalLogarithmTests {
    /// Returns the distance of `x` from `reference`, in units in the last place of `reference`.
    private func ulps(from reference: Double, to x: Double) -> Double {
        (x - reference).magnitude / reference.ulp
    }

    @Test(arguments: 0..<50)
    func `ln is within 3 units in the last place of libm's`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        for _ in 0..<1000 {
            let x = random.unitUniform() + 0x1p-60
            #expect(ulps(from: log(x), to: naturalLogarithm(x)) <= 3)
        }
    }

    @Test func `ln is within 3 units in the last place over all exponents`() {
        for exponent in -1022...1023 {
            for significand in [1.1, 1.2, 1.414, 1.415, 1.7, 1.999] {
                let x = Double(sign: .plus, exponent: exponent, significand: significand)
                #expect(ulps(from: log(x), to: naturalLogarithm(x)) <= 3)
            }
        }
    }

    @Test func `ln is within 3 units in the last place around 1`() {
        for step in 1...2000 {
            for x in [1 + Double(step) * 0x1p-52, 1 - Double(step) * 0x1p-53, 1 + Double(step) * 1e-5] {
                #expect(ulps(from: log(x), to: naturalLogarithm(x)) <= 3)
            }
        }
    }

    @Test func `ln is mostly within 1 unit in the last place`() {
        let xs = (1...20_000).map { Double($0) / 20_001 }
        let near = xs.count { ulps(from: log($0), to: naturalLogarithm($0)) <= 1 }
        #expect(near > 19_000)
    }

    @Test func `ln of 1 is 0`() {
        let logarithm = naturalLogarithm(1)
        #expect(logarithm == 0)
    }

    @Test func `ln of the smallest double is within 3 units in the last place`() {
        let x = Double.leastNonzeroMagnitude
        #expect(ulps(from: log(x), to: naturalLogarithm(x)) <= 3)
    }
}
