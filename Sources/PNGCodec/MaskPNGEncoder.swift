import Deflate
public import MaskModel
public import MaskRaster

/// Writes masks as PNG: gray, 8-bit with exactly 0 and 255 or 1-bit, or RGB with three equal channels of 8 bits; no alpha, no
/// palette, no ancillary chunk.
///
/// The work is proportional to the spans of the mask, and at 1 bit also to the bytes that differ from those above them.
public struct MaskPNGEncoder: PNGEncoder, ~Copyable {
    /// The number of bits per channel.
    public enum BitDepth: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case eight = 8
    }

    /// The number of channels.
    public enum Channels: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case three = 3
    }

    private let bitDepth: BitDepth
    private let channels: Channels
    private let holeColor: HoleColor
    private var stream: PNGChunkWriter
    private var byteRows = ByteRowTokenizer()
    private var bitRows: BitRowTokenizer
    private var whiteSpans = WhiteSpans()
    /// Spans of samples in place of pixels, for three channels.
    private var sampleSpans: [PixelSpan] = []

    /// An encoder; it allocates its memory for the first image.
    ///
    /// - Parameters:
    ///   - bitDepth: The bits per channel; eight for three channels in any case.
    ///   - holeColor: The color of holes.
    ///   - channels: The number of channels.
    public init(bitDepth: BitDepth = .eight, holeColor: HoleColor = .white, channels: Channels = .one) {
        let bitDepth = channels == .three ? .eight : bitDepth
        self.bitDepth = bitDepth
        self.channels = channels
        self.holeColor = holeColor
        stream = PNGChunkWriter(bitDepth: bitDepth.rawValue, colorType: channels == .three ? .rgb : .gray)
        bitRows = BitRowTokenizer(holeColor: holeColor)
    }

    /// The file of one mask.
    ///
    /// - Complexity: O(rows + spans); for 1 bit, also the bytes that differ from those above
    public static func encode(
        _ mask: SpanMask, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
        var bytes: [UInt8] = []
        encoder.encode(mask, into: &bytes)
        return bytes
    }

    /// Starts another file, drops the previous one, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        stream.begin(size)
        switch bitDepth {
        case .eight: byteRows.begin(width: size.width * channels.rawValue, &stream.deflater)
        case .one: bitRows.begin(width: size.width, &stream.deflater)
        }
    }

    /// Adds the next rows: all rows of `mask`. With another width, or too many rows, the program stops.
    ///
    /// - Complexity: O(rows + spans); for 1 bit, also the bytes that differ from those above
    public mutating func append(_ mask: SpanMask) {
        stream.willAppend(mask.size)
        switch (bitDepth, holeColor) {
        case (.eight, .white): appendWhite(mask.spans, mask.rowEnds)
        case (.eight, .black):
            whiteSpans.update(from: mask)
            appendWhite(whiteSpans.spans, whiteSpans.rowEnds)
        case (.one, _): bitRows.add(mask, to: &stream.deflater, &stream.checksum)
        }
    }

    private mutating func appendWhite(_ spans: [PixelSpan], _ rowEnds: [Int32]) {
        guard channels == .three else { return appendWhiteSamples(spans, rowEnds) }
        // Taken out, so that it is not read and changed at once.
        var samples: [PixelSpan] = []
        swap(&samples, &sampleSpans)
        samples.removeAll(keepingCapacity: true)
        for span in spans { samples.append(PixelSpan(start: 3 * span.start, end: 3 * span.end)) }
        appendWhiteSamples(samples, rowEnds)
        swap(&samples, &sampleSpans)
    }

    private mutating func appendWhiteSamples(_ spans: [PixelSpan], _ rowEnds: [Int32]) {
        unsafe spans.withUnsafeBufferPointer { spans in
            unsafe rowEnds.withUnsafeBufferPointer { rowEnds in
                unsafe byteRows.add(spans, rowEnds: rowEnds, to: &stream.deflater, &stream.checksum)
            }
        }
    }

    /// Appends the bytes of the file that are ready to `bytes`; they follow those of earlier calls.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        stream.takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends the rest of its bytes to `bytes`. If rows are missing, the program stops.
    public mutating func finish(into bytes: inout [UInt8]) {
        switch bitDepth {
        case .eight: byteRows.finish(to: &stream.deflater)
        case .one: bitRows.finish(to: &stream.deflater)
        }
        stream.takeBytes(isLast: true, into: &bytes)
    }
}
