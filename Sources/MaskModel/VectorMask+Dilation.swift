extension VectorMask {
    /// The mask whose hole is all points within `distance` px of this one's: each stroke is wider by twice that.
    ///
    /// Widths are rounded to 0.01 px as ever, so that multiples of 0.005 px are exact. What is beyond the ends of a path
    /// that was cut at the edge of the canvas is not known, and does not grow back in.
    /// - Parameter distance: px of the canvas, 0 or more. There is no way back: narrower strokes would not shrink their
    ///   union evenly where they overlap.
    /// - Throws: `BrushStrokeError` if a width leaves its range.
    /// - Complexity: O(points)
    public func dilated(by distance: Double) throws(BrushStrokeError) -> VectorMask {
        var mask = self
        for index in strokes.indices {
            let stroke = strokes[index]
            mask.strokes[index] = try BrushStroke(
                path: stroke.path, width: stroke.width + 2 * distance, origin: stroke.origin)
        }
        return mask
    }
}
