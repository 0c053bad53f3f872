// Custom distributions, because the standard library may change its sequences from version to version, and the results of
// libm differ in the last bit between systems. These use only additions, multiplications, divisions, and square roots,
// which IEEE 754 rounds the same everywhere.

extension RandomNumberGenerator {
    /// Returns a sample of U[0, 1) with 53 random bits.
    package mutating func unitUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Returns a sample of the uniform distribution over `range`.
    package mutating func uniform(in range: ClosedRange<Double>) -> Double {
        let value = range.lowerBound + (range.upperBound - range.lowerBound) * unitUniform()
        return min(value, range.upperBound)
    }

    /// Returns an integer sampled uniformly from 0 ..< `count`; `count` must be at least 1.
    ///
    /// Lemire, *Fast Random Integer Generation in an Interval*, ACM TOMACS 29 (2019).
    public mutating func uniform(below count: Int) -> Int {
        let bound = UInt64(count)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return Int(product.high)
    }

    /// Returns a sample of the normal distribution.
    ///
    /// Marsaglia and Bray, *A Convenient Method for Generating Normal Variables*, SIAM Review 6 (1964).
    package mutating func normal(mean: Double, standardDeviation: Double) -> Double {
        while true {
            let u = 2 * unitUniform() - 1
            let v = 2 * unitUniform() - 1
            let s = u * u + v * v
            if s > 0, s < 1 {
                return mean + standardDeviation * u * (-2 * naturalLogarithm(s) / s).squareRoot()
            }
        }
    }
}

/// Returns ln `x` for a finite x > 0, mostly within 1 ulp and always within 3, with the same bits on every machine.
///
/// x = m·2ᵉ with m in [√½, √2]; ln m = 2·artanh(s) with s = (m − 1)/(m + 1), |s| ≤ 0.172, as its power series.
package func naturalLogarithm(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 2.0.squareRoot() {
        mantissa /= 2
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    // The first omitted term, s²²/23, is less than 7e-19 of the sum: far below the last bit.
    for denominator in stride(from: 21.0, through: 1.0, by: -2.0) {
        series = series * square + 1 / denominator
    }
    return 2 * s * series + exponent * 0.693_147_180_559_945_3
}
