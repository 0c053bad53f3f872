package import StrokeBank

extension RawDrawing {
    /// The drawing in the simplified form, as published.
    ///
    /// It is translated to minimum 0, scaled so that the longer side is 255, resampled every 1 px along each stroke,
    /// and simplified with a tolerance of 2 px (Ramer–Douglas–Peucker). A single point becomes two equal ones.
    /// - Throws: `DrawingRecordError`: `overlongStroke` if a stroke is longer than a hand draws, `emptyStroke` if one has no
    ///   points.
    package func simplified() throws(DrawingRecordError) -> Drawing {
        var simplifier = DrawingSimplifier()
        var drawing = Drawing()
        try simplifier.simplify(self, into: &drawing)
        return drawing
    }
}
