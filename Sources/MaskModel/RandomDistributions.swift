// Our own distributions: the standard library promises none of its sequences from version to version, and libm's
// results differ in the last bit from system to system. These use additions, multiplications, divisions and square
// roots only, which IEEE 754 rounds the same everywhere.

extension RandomNumberGenerator {
    /// A number of U[0, 1): 53 random bits.
    package mutating func unitUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number of the uniform distribution over `range`.
    package mutating func uniform(in range: ClosedRange<Double>) -> Double {
        let value = range.lowerBound + (range.upperBound - range.lowerBound) * unitUniform()
        return min(value, range.upperBound)
    }

    /// A whole number of the uniform distribution over 0 ..< `count`; `count` is at least 1.
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

    /// A number of the normal distribution.
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

/// ln `x` for a finite x > 0, mostly to 1 ulp and always to 3, from operations that every machine rounds alike.
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
    // The first term left out, s²²/23 < 7e-19 of the sum, is far below the last bit.
    for denominator in stride(from: 21.0, through: 1.0, by: -2.0) {
        series = series * square + 1 / denominator
    }
    return 2 * s * series + exponent * 0.693_147_180_559_945_3
}
