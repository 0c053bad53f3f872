extension Double {
    /// The nearest multiple of 0.01, halves away from zero, and never −0.
    ///
    /// The number that is rounded is the double 100·x: 1.115, which is 10⁻¹⁷ less than it looks, becomes 1.12. The quotient
    /// is the double nearest to that decimal number, so that writing it with two decimals and reading it back returns the
    /// same double.
    @inlinable
    public var roundedToHundredths: Double {
        let hundredths = self * 100
        // Beyond 2⁵² every double is whole. Below, the conversion cuts off the fraction, and the difference is exact; the
        // standard library's `rounded()` is a call of libm on processors without SSE 4.1.
        guard hundredths.magnitude < 0x1p52 else { return hundredths / 100 }
        let whole = Double(Int64(hundredths))
        let fraction = hundredths - whole
        return (fraction >= 0.5 ? whole + 1 : fraction <= -0.5 ? whole - 1 : whole) / 100 + 0
    }
}

extension Point {
    /// The point of the 0.01 px grid that is nearest in each coordinate.
    @inlinable
    public var roundedToHundredths: Point {
        Point(x: x.roundedToHundredths, y: y.roundedToHundredths)
    }
}
