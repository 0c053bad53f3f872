extension SIMD2<Double> {
    /// The least integers that are not below the two numbers, which must be below 2⁵¹ in magnitude.
    ///
    /// An ordinary conversion would be checked for overflow.
    @inline(__always)
    var roundedUp: SIMD2<Int64> {
        // The low bits of the sum are the nearest integer.
        let shift = SIMD2<Double>(repeating: 0x1.8p52)
        let sum = self + shift
        let nearest = unsafe unsafeBitCast(sum, to: SIMD2<Int64>.self) &- unsafeBitCast(shift, to: SIMD2<Int64>.self)
        // −1 where the nearest integer is below the number.
        let isBelow = unsafe unsafeBitCast((sum - shift) .< self, to: SIMD2<Int64>.self)
        return nearest &- isBelow
    }
}
