internal import CCairo
import MaskModel
import MaskRaster
import PlaneGeometry

/// A cairo surface of 8-bit alpha and its context: the owner of the handles and of the pixels.
///
/// It tracks the blocks of pixels that were drawn, so that only those are read and cleared: for a whole surface, that takes
/// longer than drawing.
@safe struct CairoCanvas: ~Copyable {
    /// The maximum distance of cairo's round pen, a polygon, from a circle, in image px.
    static let tolerance = 0.05

    let width: Int
    let height: Int
    private let stride: Int
    private let pixels: UnsafeMutableRawBufferPointer
    private let dirtyBlocks: DirtyBlocks
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// Creates a clear surface.
    ///
    /// - Throws: `RasterizerError` if cairo refuses the size.
    init(width: Int, height: Int) throws(RasterizerError) {
        self.width = width
        self.height = height
        // A8 instead of A1, because cairo has no fast path for spans on A1.
        stride = (width + 63) / 64 * 64
        unsafe pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: stride * height, alignment: 64)
        unsafe pixels.initializeMemory(as: UInt8.self, repeating: 0)
        dirtyBlocks = DirtyBlocks(width: width, height: height)
        // For an invalid size, cairo returns a surface in an error state, never NULL.
        unsafe surface = cairo_image_surface_create_for_data(
            pixels.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_A8, Int32(width), Int32(height),
            Int32(stride))
        unsafe context = cairo_create(surface)
        unsafe try check(cairo_surface_status(surface), while: "creating a surface of \(width)×\(height) px")
        unsafe try check(cairo_status(context), while: "creating a context")
        unsafe cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        unsafe cairo_set_tolerance(context, Self.tolerance)
        unsafe cairo_set_source_rgba(context, 1, 1, 1, 1)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
        unsafe pixels.deallocate()
        dirtyBlocks.deallocate()
    }

    /// Draws on the canvas; valid only in the closure of `draw`.
    @safe struct Brush {
        fileprivate let context: OpaquePointer
        fileprivate let dirtyBlocks: DirtyBlocks
        let scaleX: Double
        let scaleY: Double
        fileprivate let firstRow: Int
        private var width = 0.0

        fileprivate init(
            context: OpaquePointer, dirtyBlocks: DirtyBlocks, scaleX: Double, scaleY: Double, firstRow: Int
        ) {
            unsafe self.context = context
            self.dirtyBlocks = dirtyBlocks
            self.scaleX = scaleX
            self.scaleY = scaleY
            self.firstRow = firstRow
        }

        /// Sets the width of the following segments, in px of the canvas of the mask.
        mutating func setWidth(_ width: Double) {
            self.width = width
            unsafe cairo_set_line_width(context, width)
        }

        /// Adds a segment with round ends to the current path.
        func add(from start: Point, to end: Point) {
            unsafe cairo_move_to(context, start.x, start.y)
            unsafe cairo_line_to(context, end.x, end.y)
            let top = Double(firstRow)
            dirtyBlocks.mark(
                from: Point(x: start.x * scaleX, y: start.y * scaleY - top),
                to: Point(x: end.x * scaleX, y: end.y * scaleY - top),
                // Two more px for the rounding of cairo.
                reachX: width / 2 * scaleX + 2, reachY: width / 2 * scaleY + 2)
        }

        /// Draws the current path in one call.
        ///
        /// Within one call, cairo fills gaps of one px in a row, so the segments must not have any.
        func stroke() {
            unsafe cairo_stroke(context)
        }
    }

    /// Draws on this surface, which must be clear.
    ///
    /// - Parameters:
    ///   - scaleX: Image px per px of the canvas of the mask, horizontally.
    ///   - scaleY: The same vertically.
    ///   - firstRow: The row of the image at the top of the surface.
    ///   - body: Draws with the brush, in px of the canvas of the mask.
    /// - Throws: The error of `body`; `RasterizerError` if cairo fails.
    func draw(
        scaleX: Double, scaleY: Double, firstRow: Int, _ body: (inout Brush) throws(RasterizerError) -> Void
    ) throws(RasterizerError) {
        // An offset of whole rows, so that fixed-point coordinates have the same fractions in every strip.
        unsafe cairo_identity_matrix(context)
        unsafe cairo_translate(context, 0, -Double(firstRow))
        unsafe cairo_scale(context, scaleX, scaleY)
        var brush = unsafe Brush(
            context: context, dirtyBlocks: dirtyBlocks, scaleX: scaleX, scaleY: scaleY, firstRow: firstRow)
        try body(&brush)
        unsafe cairo_surface_flush(surface)
        unsafe try check(cairo_status(context), while: "drawing strokes")
        unsafe try check(cairo_surface_status(surface), while: "drawing strokes")
    }

    /// Adds the hole pixels of the top `count` rows to `raster` from row `firstRow` on, and clears the surface.
    func moveHoles(to raster: inout Bitmap, firstRow: Int, count: Int) {
        guard let start = unsafe pixels.baseAddress else { return }
        let (wordCount, height, stride, dirtyBlocks) = (stride / 64, height, stride, dirtyBlocks)
        unsafe raster.withMutableWords { words in
            guard let words = words.baseAddress else { return }
            for row in 0..<height {
                let line = unsafe start + row * stride
                let target = unsafe words + (firstRow + row) * wordCount
                dirtyBlocks.takeWords(ofRow: row, of: wordCount) { index in
                    let block = unsafe line + 64 &* index
                    let word = unsafe Self.bits(of: block)
                    if word == 0 { return }
                    unsafe block.initializeMemory(as: UInt64.self, repeating: 0, count: 8)
                    if row < count { unsafe target[index] |= word }
                }
            }
        }
        unsafe cairo_surface_mark_dirty(surface)
    }

    /// Returns 64 pixels, each 0 or 255, as bits, the first pixel in the lowest bit.
    @inline(__always)
    private static func bits(of block: UnsafeRawPointer) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 {
            let pixels = unsafe UInt64(littleEndian: block.load(fromByteOffset: 8 * index, as: UInt64.self))
            // The multiplication gathers the eight bits in the top byte.
            let byte = ((pixels & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
            word |= byte &<< UInt64(truncatingIfNeeded: 8 &* index)
        }
        return word
    }

    private func check(_ status: cairo_status_t, while action: String) throws(RasterizerError) {
        guard status == CAIRO_STATUS_SUCCESS else {
            throw RasterizerError(
                unsafe "cairo failed while \(action): \(String(cString: cairo_status_to_string(status)))")
        }
    }
}
