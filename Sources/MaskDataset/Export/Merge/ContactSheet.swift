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
    private var tiles: [[UInt8]] = []

    init(canvas: PixelSize, holeColor: HoleColor) {
        let scale = Double(Self.tileSide) / Double(max(canvas.width, canvas.height))
        tile =
            PixelSize(
                width: max(1, Int((Double(canvas.width) * scale).rounded())),
                height: max(1, Int((Double(canvas.height) * scale).rounded()))) ?? .smallest
        self.holeColor = holeColor
    }

    mutating func add(_ mask: VectorMask) throws(RasterizerError) {
        guard let fine = tile.scaled(by: Double(Self.subdivision)) else { return }
        let raster = try rasterizer.raster(of: mask, at: fine)
        var shades = [UInt8](repeating: 0, count: tile.area)
        for y in 0..<fine.height {
            let row = y / Self.subdivision * tile.width
            for span in raster.spans(ofRow: y) {
                for x in span.start..<span.end { shades[row + Int(x) / Self.subdivision] += 1 }
            }
        }
        tiles.append(shades)
    }

    /// The sheet as a PNG file.
    func encoded() -> [UInt8] {
        let rows = max(1, (tiles.count + Self.columns - 1) / Self.columns)
        let columns = max(1, min(tiles.count, Self.columns))
        let pitch = (x: tile.width + Self.gap, y: tile.height + Self.gap)
        let size = PixelSize(
            width: 2 * Self.margin - Self.gap + columns * pitch.x, height: 2 * Self.margin - Self.gap + rows * pitch.y)
        var image = IndexedImage(size: size ?? .smallest, palette: palette)
        for (number, shades) in tiles.enumerated() {
            let left = Self.margin + number % Self.columns * pitch.x
            let top = Self.margin + number / Self.columns * pitch.y
            for y in 0..<tile.height {
                for x in 0..<tile.width {
                    // Color 0 is the background.
                    image.pixels[(top + y) * image.size.width + left + x] = 1 + shades[y * tile.width + x]
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
