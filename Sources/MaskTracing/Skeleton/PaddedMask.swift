import MaskModel
import MaskRaster

/// The pixels of a bitmap with a margin on all sides that repeats the pixels at its edge, and a last ring without hole.
///
/// So a stroke that leaves the canvas continues, and its skeleton reaches the edge.
struct PaddedMask {
    let width: Int
    let height: Int
    let margin: Int
    /// 1 for hole, 0 otherwise, row by row.
    var pixels: [UInt8]

    /// Creates the padded pixels of `bitmap`; the last ring of the margin, at least 1 px, is without hole.
    init(_ bitmap: Bitmap, margin: Int) {
        self.margin = margin
        let size = bitmap.size
        width = size.width + 2 * margin
        height = size.height + 2 * margin
        pixels = [UInt8](repeating: 0, count: width * height)
        for y in 0..<size.height {
            let start = (y + margin) * width + margin
            bitmap.forEachHole(inRow: y) { pixels[start + $0] = 1 }
        }
        guard margin > 1 else { return }
        let (first, last) = (margin, margin + size.width - 1)
        for y in margin..<margin + size.height {
            let (left, right) = (pixels[y * width + first], pixels[y * width + last])
            for x in 1..<first { pixels[y * width + x] = left }
            for x in last + 1..<width - 1 { pixels[y * width + x] = right }
        }
        for x in 1..<width - 1 {
            let (top, bottom) = (pixels[margin * width + x], pixels[(margin + size.height - 1) * width + x])
            for y in 1..<margin { pixels[y * width + x] = top }
            for y in margin + size.height..<height - 1 { pixels[y * width + x] = bottom }
        }
    }

    /// Creates a padded mask from the pixels of a rectangle, each 1 for hole, with a margin without hole.
    init(width: Int, height: Int, margin: Int, isHole: (Int, Int) -> Bool) {
        self.margin = margin
        self.width = width + 2 * margin
        self.height = height + 2 * margin
        pixels = [UInt8](repeating: 0, count: self.width * self.height)
        for y in 0..<height {
            for x in 0..<width where isHole(x, y) { pixels[(y + margin) * self.width + x + margin] = 1 }
        }
    }
}
