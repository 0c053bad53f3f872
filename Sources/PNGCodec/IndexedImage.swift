public import MaskModel

/// An image for people to look at, in up to 256 colors: previews and overlays.
public struct IndexedImage: Hashable, Sendable {
    /// A color of sRGB, 8 bits each.
    public struct Color: Hashable, Sendable {
        /// Red, 0 to 255.
        public let red: UInt8
        /// Green, 0 to 255.
        public let green: UInt8
        /// Blue, 0 to 255.
        public let blue: UInt8

        /// The color of these three parts.
        public init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    /// How many pixels there are, across and down.
    public let size: PixelSize
    /// 1 to 256 colors.
    public let palette: [Color]
    /// For each pixel the index of its color in `palette`, row by row.
    public var pixels: [UInt8]

    /// An image in the palette's first color; the palette is not checked.
    public init(size: PixelSize, palette: [Color]) {
        self.size = size
        self.palette = palette
        pixels = [UInt8](repeating: 0, count: size.area)
    }

    /// The image as a PNG file. The bytes depend on the image and on this program's version alone.
    ///
    /// - Complexity: O(pixels)
    public func encoded() -> [UInt8] {
        var file: [UInt8] = []
        file.appendPNGHead(size: size, bitDepth: 8, colorType: .palette)
        file.appendChunk("PLTE") { $0 += palette.flatMap { [$0.red, $0.green, $0.blue] } }
        var deflater = RunDeflater()
        deflater.begin(farDistance: RunDeflater.maximumDistance)
        var checksum = Adler32()
        // The filter byte of the first row begins the first run.
        var (value, count) = (UInt8(0), 0)
        func add(_ next: UInt8) {
            if next != value {
                deflater.run(value, count: count)
                checksum.add(value, count: count)
                (value, count) = (next, 0)
            }
            count += 1
        }
        for row in 0..<size.height {
            add(0)
            for pixel in pixels[row * size.width..<(row + 1) * size.width] { add(pixel) }
        }
        deflater.run(value, count: count)
        checksum.add(value, count: count)
        file.appendChunk("IDAT") { chunk in
            chunk += [0x78, 0x01]
            deflater.takeBytes(isLast: true, into: &chunk)
            chunk.appendBigEndian(checksum.value)
        }
        file.appendPNGEnd()
        return file
    }
}
