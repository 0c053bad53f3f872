import JSONText
import MaskDiff
import MaskFormats
import MaskModel
import MaskRaster
import MaskTracing
import PNGCodec

/// What a handle of a vector mask refers to.
final class VectorMaskObject: Sendable {
    let record: MaskRecord

    init(_ record: MaskRecord) {
        self.record = record
    }

    /// A handle that keeps the object until it is closed.
    var newHandle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// The object of a handle.
    static func of(_ mask: OpaquePointer?) throws(CallError) -> VectorMaskObject {
        guard let mask = unsafe mask else { throw .null("mask") }
        return unsafe Unmanaged<VectorMaskObject>.fromOpaque(UnsafeRawPointer(mask)).takeUnretainedValue()
    }

    /// Reads a mask from JSON or SVG text.
    init(text: [UInt8]) throws(CallError) {
        let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        // An SVG file may begin with a byte order mark.
        let first = text.prefix(3) == [0xEF, 0xBB, 0xBF] ? UInt8(ascii: "<") : text.first { !spaces.contains($0) }
        do {
            switch first {
            case UInt8(ascii: "{"): record = try MaskRecord(json: text)
            case UInt8(ascii: "<"): record = try MaskRecord(svg: text)
            default: throw MaskFormatError("neither JSON nor SVG; expected a mask")
            }
        } catch {
            throw .invalid("\(error)")
        }
    }

    var json: [UInt8] {
        var json = JSONWriter()
        record.write(to: &json)
        return json.bytes
    }

    func svg(_ holeColor: HoleColor) -> [UInt8] {
        var text: [UInt8] = []
        record.appendSVG(holeColor: holeColor, to: &text)
        return text
    }

    /// Calls what the functions of the library call; see `MasksObject.prepare`.
    func prepare() throws(CallError) {
        let json = try VectorMaskObject(text: json)
        let svg = try VectorMaskObject(text: svg(.white))
        let size = PixelSize.smallest
        try converting {
            var exact = ExactRasterizer()
            var coverage = AntialiasingRasterizer()
            let first = Bitmap(try exact.raster(of: json.record.mask, at: size))
            let second = Bitmap(try exact.raster(of: svg.record.mask, at: size))
            _ = try BitmapComparison(candidate: first, reference: second, tolerance: 1)
            _ = GrayPNGEncoder.encode(try coverage.raster(of: json.record.mask, at: size))
            var dots = Bitmap(size: PixelSize(width: 9, height: 5) ?? .smallest)
            for row in 1..<min(4, dots.size.height) { dots.fill(columns: 1...7, row: row) }
            _ = try VectorMaskObject(tracing: dots, TracingOptions())
        }
    }
}
