extension Double {
    /// The nearest multiple of 0.01, halves away from zero, and never −0.
    ///
    /// What is rounded is 100 times the number as a double: 1.115, by 10⁻¹⁷ less than it looks, becomes 1.12.
    /// The quotient is the double nearest to that decimal number, so that writing it with two decimals and reading it
    /// back gives the same double.
    public var roundedToHundredths: Double {
        (self * 100).rounded() / 100 + 0
    }
}

extension Point {
    /// The point on the grid of 0.01 px that is nearest in each coordinate.
    public var roundedToHundredths: Point {
        Point(x: x.roundedToHundredths, y: y.roundedToHundredths)
    }
}
