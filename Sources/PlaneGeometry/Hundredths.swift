extension Double {
    /// The nearest multiple of 0.01, halves away from zero, and never −0.
    ///
    /// The rounded value is the double 100·x: 1.115, whose double is 10⁻¹⁷ below the decimal number, becomes 1.12. The
    /// result is the double nearest to the decimal number, so that writing it with two decimals and reading it back
    /// returns the same double.
    @inlinable
    public var roundedToHundredths: Double {
        let hundredths = self * 100
        // From 2⁵² on, every double is an integer. Below, the conversion truncates the fraction, and the difference is
        // exact. The standard library's `rounded()` calls libm on processors without SSE 4.1.
        guard hundredths.magnitude < 0x1p52 else { return hundredths / 100 }
        let whole = Double(Int64(hundredths))
        let fraction = hundredths - whole
        // Twice the fraction truncates to what the rounding adds: 1, 0, or −1. It cannot be predicted, so nothing branches.
        return (whole + Double(Int64(2 * fraction))) / 100 + 0
    }
}

extension Point {
    /// The point with both coordinates rounded to 0.01 px.
    @inlinable
    public var roundedToHundredths: Point {
        Point(x: x.roundedToHundredths, y: y.roundedToHundredths)
    }
}
