import Deflate
public import MaskModel

/// An image for people to look at, in up to 256 colors: previews and overlays.
public struct IndexedImage: Hashable, Sendable {
    /// An sRGB color, 8 bits per component.
    public struct Color: Hashable, Sendable {
        /// Red, 0 to 255.
        public let red: UInt8
        /// Green, 0 to 255.
        public let green: UInt8
        /// Blue, 0 to 255.
        public let blue: UInt8

        /// The color with these components.
        public init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    /// The number of columns and rows.
    public let size: PixelSize
    /// 1 to 256 colors.
    public let palette: [Color]
    /// For each pixel, row by row, the index of its color in `palette`.
    public var pixels: [UInt8]

    /// An image in the first color of the palette, which is not checked.
    public init(size: PixelSize, palette: [Color]) {
        self.size = size
        self.palette = palette
        pixels = [UInt8](repeating: 0, count: size.area)
    }

    /// The image as a PNG file. The bytes depend only on the image and the version of this program.
    ///
    /// - Complexity: O(pixels)
    public func encoded() -> [UInt8] {
        var file: [UInt8] = []
        file.appendPNGHeader(size: size, bitDepth: 8, colorType: .palette)
        file.appendChunk("PLTE") { $0 += palette.flatMap { [$0.red, $0.green, $0.blue] } }
        var deflater = RunLengthDeflater()
        var checksum = Adler32()
        // The filter byte of the first row begins the first run.
        var (value, count) = (UInt8(0), 0)
        func add(_ next: UInt8) {
            if next != value {
                deflater.appendRun(value, count: count)
                checksum.add(value, count: count)
                (value, count) = (next, 0)
            }
            count += 1
        }
        for row in 0..<size.height {
            add(0)
            for pixel in pixels[row * size.width..<(row + 1) * size.width] { add(pixel) }
        }
        deflater.appendRun(value, count: count)
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
