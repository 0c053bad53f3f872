internal import CCairo
import MaskModel
import MaskRaster
import PlaneGeometry

/// A cairo surface of 8-bit alpha with its context: the owner of the handles and of the pixels.
struct CairoCanvas: ~Copyable {
    let width: Int
    let height: Int
    private let stride: Int
    private let pixels: UnsafeMutableRawBufferPointer
    private let surface: OpaquePointer
    private let context: OpaquePointer

    init(width: Int, height: Int) throws(RasterizerFailure) {
        self.width = width
        self.height = height
        // A8 and not A1: cairo has no fast path for spans on A1.
        stride = Int(cairo_format_stride_for_width(CAIRO_FORMAT_A8, Int32(width)))
        pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: stride * height, alignment: 16)
        // Cairo answers a bad size with a surface in an error state, never with NULL.
        surface = cairo_image_surface_create_for_data(
            pixels.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_A8, Int32(width), Int32(height),
            Int32(stride))
        context = cairo_create(surface)
        try check(cairo_surface_status(surface), while: "creating a surface of \(width)×\(height) px")
        try check(cairo_status(context), while: "creating a context")
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_tolerance(context, CairoRasterizer.tolerance)
        cairo_set_source_rgba(context, 1, 1, 1, 1)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
        pixels.deallocate()
    }

    /// What draws on the canvas; valid within the closure of `draw` only.
    struct Brush {
        fileprivate let context: OpaquePointer

        /// - Parameter width: px of the mask's canvas.
        func setWidth(_ width: Double) {
            cairo_set_line_width(context, width)
        }

        /// Draws one segment with round ends.
        ///
        /// Each is a call of its own: within one call, cairo fills gaps of one px in a row.
        func stroke(from start: Point, to end: Point) {
            cairo_move_to(context, start.x, start.y)
            cairo_line_to(context, end.x, end.y)
            cairo_stroke(context)
        }
    }

    /// Clears the canvas and draws on it.
    ///
    /// - Parameters:
    ///   - scaleX, scaleY: px of the picture for a px of the mask's canvas.
    ///   - firstRow: which row of the picture is the topmost here.
    func draw(
        scaleX: Double, scaleY: Double, firstRow: Int, _ body: (Brush) throws(RasterizerFailure) -> Void
    ) throws(RasterizerFailure) {
        cairo_surface_flush(surface)
        pixels.initializeMemory(as: UInt8.self, repeating: 0)
        cairo_surface_mark_dirty(surface)
        // Whole rows, so that the fixed-point coordinates have the same fraction in every strip.
        cairo_identity_matrix(context)
        cairo_translate(context, 0, -Double(firstRow))
        cairo_scale(context, scaleX, scaleY)
        try body(Brush(context: context))
        cairo_surface_flush(surface)
        try check(cairo_status(context), while: "drawing strokes")
        try check(cairo_surface_status(surface), while: "drawing strokes")
    }

    /// Writes the topmost `count` rows into `raster`, from row `firstRow` on.
    func addHoles(to raster: inout Raster, firstRow: Int, count: Int) {
        for row in 0..<count {
            let line = UnsafeRawBufferPointer(rebasing: pixels[row * stride..<row * stride + width])
            raster.setRow(firstRow + row, pixels: line.bindMemory(to: UInt8.self).span)
        }
    }

    private func check(_ status: cairo_status_t, while action: String) throws(RasterizerFailure) {
        guard status == CAIRO_STATUS_SUCCESS else {
            throw RasterizerFailure("cairo failed while \(action): \(String(cString: cairo_status_to_string(status)))")
        }
    }
}
