import MaskModel
import MaskRaster

/// The connected holes of a bitmap: pixels that share a side are connected.
struct HoleComponents {
    let size: PixelSize
    /// For each pixel, the number of its hole; −1 outside.
    private(set) var labels: [Int32]
    /// The number of pixels of each hole.
    private(set) var areas: [Int] = []

    /// Labels the holes, in the order of their first pixels.
    ///
    /// - Complexity: O(pixels)
    init(_ bitmap: Bitmap) {
        size = bitmap.size
        let (width, height) = (size.width, size.height)
        var labels = [Int32](repeating: -2, count: width * height)
        for y in 0..<height { bitmap.forEachHole(inRow: y) { labels[y * width + $0] = -1 } }
        // Now −1 is a hole without a number, and −2 no hole.
        var stack: [Int] = []
        for start in labels.indices where labels[start] == -1 {
            let label = Int32(areas.count)
            var area = 0
            labels[start] = label
            stack.append(start)
            while let pixel = stack.popLast() {
                area += 1
                let x = pixel % width
                for (isThere, other) in [
                    (x > 0, pixel - 1), (x + 1 < width, pixel + 1), (pixel >= width, pixel - width),
                    (pixel + width < labels.count, pixel + width),
                ] where isThere && labels[other] == -1 {
                    labels[other] = label
                    stack.append(other)
                }
            }
            areas.append(area)
        }
        self.labels = labels
    }

    /// The number of the hole of a pixel; nil outside of holes.
    func label(x: Int, y: Int) -> Int? {
        let label = labels[y * size.width + x]
        return label < 0 ? nil : Int(label)
    }
}
