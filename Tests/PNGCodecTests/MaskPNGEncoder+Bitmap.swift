import MaskModel
import MaskRaster
import PNGCodec

// Bitmaps as PNG: tests draw and compare bitmaps, which share no code with the encoder.

extension MaskPNGEncoder {
    static func encode(
        _ bitmap: Bitmap, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white
    ) -> [UInt8] {
        encode(SpanMask(bitmap), bitDepth: bitDepth, holeColor: holeColor)
    }

    mutating func append(_ bitmap: Bitmap) {
        append(SpanMask(bitmap))
    }
}
