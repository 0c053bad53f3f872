extension VectorMask {
    /// Returns the mask dilated by `distance` px: its hole is all points within that distance of this hole. Every stroke
    /// becomes wider by twice the distance.
    ///
    /// Widths are rounded to 0.01 px, so multiples of 0.005 px are exact. Parts of a path that were cropped at the edge of
    /// the canvas are lost, and their dilation does not reach back into the canvas.
    /// - Parameter distance: In canvas px, at least 0. Erosion is not possible this way: where strokes overlap, narrower
    ///   strokes do not shrink the union evenly.
    /// - Throws: `BrushStrokeError` if a width is out of range.
    /// - Complexity: O(points)
    public func dilated(by distance: Double) throws(BrushStrokeError) -> VectorMask {
        // A flat end becomes a line with round corners, which only a filled path has.
        var mask = withoutFlatEnds
        for index in mask.strokes.indices {
            let stroke = mask.strokes[index]
            mask.strokes[index] = try BrushStroke(
                path: stroke.path, width: stroke.width + 2 * distance, origin: stroke.origin, isFilled: stroke.isFilled)
        }
        return mask
    }
}
