import MaskModel
import MaskRaster
import PNGCodec

/// An image of many small masks in rows, as a preview of a dataset.
///
/// A mask is rasterized by the exact rule at four times the displayed resolution; each displayed pixel is the mean of
/// sixteen.
struct ContactSheet: ~Copyable {
    static let columns = 10
    static let capacity = 60
    private static let tileSide = 120
    private static let gap = 12
    private static let margin = 24
    private static let subdivision = 4
    private static let shades = subdivision * subdivision

    private let tile: PixelSize
    private let holeColor: HoleColor
    private var rasterizer = ExactRasterizer()
    private var masks: [(size: PixelSize, shades: [UInt8])] = []

    /// - Parameter canvas: That of all masks; nil if they have different ones.
    init(canvas: PixelSize?, holeColor: HoleColor) {
        tile = canvas.map(Self.size) ?? PixelSize(width: Self.tileSide, height: Self.tileSide) ?? .smallest
        self.holeColor = holeColor
    }

    /// The size of a mask on the sheet.
    private static func size(of canvas: PixelSize) -> PixelSize {
        let scale = Double(tileSide) / Double(max(canvas.width, canvas.height))
        return PixelSize(
            width: max(1, Int((Double(canvas.width) * scale).rounded())),
            height: max(1, Int((Double(canvas.height) * scale).rounded()))) ?? .smallest
    }

    mutating func add(_ mask: VectorMask) throws(RasterizerError) {
        let size = Self.size(of: mask.canvas)
        guard let fine = size.scaled(by: Double(Self.subdivision)) else { return }
        let raster = try rasterizer.raster(of: mask, at: fine)
        var shades = [UInt8](repeating: 0, count: size.area)
        for y in 0..<fine.height {
            let row = y / Self.subdivision * size.width
            for span in raster.spans(ofRow: y) {
                for x in span.start..<span.end { shades[row + Int(x) / Self.subdivision] += 1 }
            }
        }
        masks.append((size, shades))
    }

    /// The sheet as a PNG file.
    func encoded() -> [UInt8] {
        let rows = max(1, (masks.count + Self.columns - 1) / Self.columns)
        let columns = max(1, min(masks.count, Self.columns))
        let pitch = (x: tile.width + Self.gap, y: tile.height + Self.gap)
        let size = PixelSize(
            width: 2 * Self.margin - Self.gap + columns * pitch.x, height: 2 * Self.margin - Self.gap + rows * pitch.y)
        var image = IndexedImage(size: size ?? .smallest, palette: palette)
        for (number, mask) in masks.enumerated() {
            let left = Self.margin + number % Self.columns * pitch.x + (tile.width - mask.size.width) / 2
            let top = Self.margin + number / Self.columns * pitch.y + (tile.height - mask.size.height) / 2
            for y in 0..<mask.size.height {
                for x in 0..<mask.size.width {
                    // Color 0 is the background.
                    image.pixels[(top + y) * image.size.width + left + x] = 1 + mask.shades[y * mask.size.width + x]
                }
            }
        }
        return image.encoded()
    }

    /// The background color, and the shades from no hole to hole.
    private var palette: [IndexedImage.Color] {
        let background = IndexedImage.Color(red: 236, green: 233, blue: 226)
        return [background]
            + (0...Self.shades).map { shade in
                let white = holeColor == .white ? shade : Self.shades - shade
                let level = UInt8(18 + 237 * white / Self.shades)
                return IndexedImage.Color(red: level, green: level, blue: level)
            }
    }
}
