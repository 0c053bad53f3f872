package import FileAccess

extension BankStrokePool {
    /// The number of categories that `digest(ofCategory:)` reads, including those without strokes.
    package var digestCount: Int { examined.count }

    /// Reads the drawings of a category that the pool uses, for a `DrawingsDigest`.
    ///
    /// - Throws: `DataError` if the bank is corrupt there.
    /// - Complexity: O(points of these drawings)
    package func digest(ofCategory number: Int) throws(DataError) -> DrawingsDigest.Category {
        let category = examined[number]
        var digest = DrawingsDigest.Category(word: category.word)
        var pass = DrawingFilterPass(filter)
        var drawing = Drawing()
        guard let (index, first) = bank.place(ofCategory: category.word) else { return digest }
        for position in category.drawings {
            try bank.read(position - first, inCategory: index, into: &drawing)
            guard pass.accepts(drawing) else { continue }
            pass.removeStrokes(from: &drawing)
            digest.add(hash: drawing.contentHash, isFromQuickDraw: drawing.isFromQuickDraw)
        }
        return digest
    }
}

extension MappedBank {
    /// The number of a category, and that of its first drawing.
    fileprivate func place(ofCategory word: String) -> (index: Int, firstDrawing: Int)? {
        categories.firstIndex { $0.word == word }.map { ($0, categories[$0].drawings.lowerBound) }
    }
}
