import Foundation

// Goodness-of-fit tests for samples of a distribution. A test samples with a fixed seed and requires a probability above
// `significance`, so its result is always the same.

/// The significance level: a sample with a probability below it does not follow its distribution.
public let significance = 0.001

/// Returns the probability that a sample of the continuous distribution `cumulative` deviates from it at least as much as
/// `sample`.
///
/// The Kolmogorov–Smirnov test, with Stephens's correction for finite samples: *Use of the Kolmogorov–Smirnov,
/// Cramér–von Mises and Related Statistics Without Extensive Tables*, J. R. Stat. Soc. B 32 (1970).
public func kolmogorovSmirnov(_ sample: [Double], cumulative: (Double) -> Double) -> Double {
    let count = Double(sample.count)
    var distance = 0.0
    for (index, value) in sample.sorted().enumerated() {
        let expected = cumulative(value)
        distance = max(distance, Double(index + 1) / count - expected, expected - Double(index) / count)
    }
    let root = count.squareRoot()
    let lambda = (root + 0.12 + 0.11 / root) * distance
    let terms = (1...100).map { j in (j.isMultiple(of: 2) ? -2 : 2) * exp(-2 * Double(j * j) * lambda * lambda) }
    return lambda < 0.2 ? 1 : terms.reduce(0, +)
}

/// Returns the probability that counts sampled with `probabilities` deviate from them at least as much as `counts`:
/// Pearson's χ² test.
///
/// The tail of χ² is the approximation of Wilson and Hilferty: *The Distribution of Chi-Square*, PNAS 17 (1931).
public func chiSquare(_ counts: [Int], probabilities: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    let statistic = zip(counts, probabilities).reduce(0) { sum, bin in
        let expected = total * bin.1
        return sum + (Double(bin.0) - expected) * (Double(bin.0) - expected) / expected
    }
    let spread = 2 / (9 * Double(counts.count - 1))
    let deviate = (pow(statistic / Double(counts.count - 1), 1.0 / 3) - (1 - spread)) / spread.squareRoot()
    return 1 - normalCumulative(deviate)
}

/// Returns the probability of the χ² test for a uniform distribution.
public func chiSquare(ofEqual counts: [Int]) -> Double {
    chiSquare(counts, probabilities: counts.map { _ in 1 / Double(counts.count) })
}

/// Returns the cumulative distribution function of the normal distribution.
public func normalCumulative(_ x: Double, mean: Double = 0, standardDeviation: Double = 1) -> Double {
    erfc((mean - x) / (standardDeviation * 2.0.squareRoot())) / 2
}

/// Returns the cumulative distribution function of the uniform distribution.
public func uniformCumulative(_ x: Double, in range: ClosedRange<Double>) -> Double {
    min(max((x - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
}

/// Returns the correlation of pairs times √n: a standard normal deviate if the pairs are independent.
public func correlationDeviate(_ pairs: [(Double, Double)]) -> Double {
    let count = Double(pairs.count)
    let meanX = pairs.reduce(0) { $0 + $1.0 } / count
    let meanY = pairs.reduce(0) { $0 + $1.1 } / count
    let covariance = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let squareX = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
    let squareY = pairs.reduce(0) { $0 + ($1.1 - meanY) * ($1.1 - meanY) }
    return covariance / (squareX * squareY).squareRoot() * count.squareRoot()
}
