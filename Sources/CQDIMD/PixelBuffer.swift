import CQDIMDHeader
import MaskModel
import MaskRaster

/// The caller's memory of an image, after all its properties were checked.
@safe struct PixelBuffer {
    /// The type of the pixels, with the values of hole and background.
    enum Values {
        case bytes(hole: UInt8, background: UInt8)
        case floats(hole: Float, background: Float)
    }

    let size: PixelSize
    let values: Values
    private var start: UnsafeMutableRawPointer
    private let rowStride: Int

    /// Checks an image of `size`, or `imageCount` of them that start `imageStride` bytes apart.
    ///
    /// - Parameters:
    ///   - image: The description of the memory.
    ///   - size: The size of an image.
    ///   - imageCount: The number of images, at least 1.
    ///   - imageStride: The distance of their starts in bytes; nil for a single image.
    ///   - name: The name of the parameter, for errors.
    init(
        _ image: UnsafePointer<qdimd_image>?, size: PixelSize, imageCount: Int = 1, imageStride: Int? = nil,
        name: StaticString = "image", ignoresValues: Bool = false
    ) throws(CallError) {
        guard let image = unsafe image?.pointee else { throw .null(name) }
        guard let start = unsafe image.pixels else { throw .invalid("\(name): pixels is NULL") }
        let pixelSize: Int
        switch unsafe image.type {
        case QDIMD_UINT8:
            pixelSize = 1
            if ignoresValues {
                values = .bytes(hole: 255, background: 0)
            } else {
                guard let hole = unsafe UInt8(exactly: image.hole),
                    let background = unsafe UInt8(exactly: image.background),
                    hole != background
                else { throw unsafe Self.invalidValues(image, name, "two different whole numbers from 0 to 255") }
                values = .bytes(hole: hole, background: background)
            }
        case QDIMD_FLOAT32:
            pixelSize = MemoryLayout<Float>.size
            guard unsafe image.hole.isFinite, unsafe image.background.isFinite, unsafe image.hole != image.background
            else {
                throw unsafe Self.invalidValues(image, name, "two different finite numbers")
            }
            values = unsafe .floats(hole: image.hole, background: image.background)
        default: throw .invalid(unsafe "\(name): type is \(image.type); expected \(QDIMD_UINT8) or \(QDIMD_FLOAT32)")
        }
        guard UInt(bitPattern: start) % UInt(pixelSize) == 0 else {
            throw .invalid("\(name): pixels is not aligned to \(pixelSize) bytes")
        }
        let rowSize = size.width * pixelSize
        rowStride = unsafe image.row_stride
        guard rowStride >= rowSize, rowStride % pixelSize == 0 else {
            throw .invalid("\(name): row_stride is \(UInt(bitPattern: rowStride)); expected \(rowSize) or more")
        }
        let (rows, overflowsRows) = rowStride.multipliedReportingOverflow(by: size.height - 1)
        let (imageSize, overflowsImage) = rows.addingReportingOverflow(rowSize)
        guard !overflowsRows, !overflowsImage else {
            throw .invalid("\(name): row_stride is \(rowStride); expected less")
        }
        var required = imageSize
        if let imageStride {
            guard imageStride >= imageSize, imageStride % pixelSize == 0 else {
                throw .invalid("image_stride is \(UInt(bitPattern: imageStride)); expected \(imageSize) or more")
            }
            let (images, overflowsImages) = imageStride.multipliedReportingOverflow(by: imageCount - 1)
            let (sum, overflowsSum) = images.addingReportingOverflow(imageSize)
            guard !overflowsImages, !overflowsSum else {
                throw .invalid("image_stride is \(imageStride); expected less")
            }
            required = sum
        }
        guard unsafe image.byte_count < 0 || image.byte_count >= required else {
            throw .invalid(unsafe "\(name): byte_count is \(image.byte_count); expected \(required) or more")
        }
        self.size = size
        unsafe self.start = start
    }

    private static func invalidValues(
        _ image: qdimd_image, _ name: StaticString, _ expected: String
    ) -> CallError {
        .invalid(unsafe "\(name): hole is \(image.hole) and background is \(image.background); expected \(expected)")
    }

    /// The memory of an image that starts `distance` bytes after this one.
    func advanced(by distance: Int) -> PixelBuffer {
        var image = self
        unsafe image.start += distance
        return image
    }

    /// Writes every pixel of a mask, whose first row is `row` of the image.
    func write(_ mask: borrowing SpanMask, fromRow row: Int = 0) {
        let first = unsafe start + row * rowStride
        switch values {
        case .bytes(let hole, let background):
            unsafe Self.write(mask, to: first, rowStride: rowStride, hole, background) { row, start, end in
                unsafe row.advanced(by: start).fillBytes(hole, count: end &- start)
            }
        case .floats(let hole, let background):
            unsafe Self.write(mask, to: first, rowStride: rowStride, hole, background) { row, start, end in
                unsafe row.assumingMemoryBound(to: Float.self).advanced(by: start)
                    .update(repeating: hole, count: end &- start)
            }
        }
    }

    @inline(__always)
    private static func write<Pixel>(
        _ mask: borrowing SpanMask, to start: UnsafeMutableRawPointer, rowStride: Int, _ hole: Pixel,
        _ background: Pixel, fill: (UnsafeMutableRawPointer, Int, Int) -> Void
    ) {
        let (width, height) = (mask.size.width, mask.size.height)
        // Rows without gaps between them are one block.
        let isDense = rowStride == width &* MemoryLayout<Pixel>.stride
        if isDense {
            unsafe start.assumingMemoryBound(to: Pixel.self).update(repeating: background, count: width &* height)
        }
        unsafe mask.rowEnds.withUnsafeBufferPointer { rowEnds in
            unsafe mask.spans.withUnsafeBufferPointer { spans in
                var index = 0
                var pixels = unsafe start
                for row in 0..<height {
                    if !isDense {
                        unsafe pixels.assumingMemoryBound(to: Pixel.self).update(repeating: background, count: width)
                    }
                    let end = unsafe Int(rowEnds[row])
                    while index < end {
                        unsafe fill(pixels, Int(spans[index].start), Int(spans[index].end))
                        index &+= 1
                    }
                    unsafe pixels += rowStride
                }
            }
        }
    }

    /// Writes every pixel of gray levels, whose first row is `row` of the image: values between background and hole.
    func write(_ gray: GrayImage, fromRow row: Int) {
        let first = unsafe start + row * rowStride
        switch values {
        case .bytes(let hole, let background):
            unsafe Self.write(gray, to: first, rowStride) { level in
                let sum = Int(hole) * level + Int(background) * (255 - level)
                return UInt8((sum + 127) / 255)
            }
        case .floats(let hole, let background):
            unsafe Self.write(gray, to: first, rowStride) { level in
                background + (hole - background) * (Float(level) / 255)
            }
        }
    }

    private static func write<Pixel>(
        _ gray: GrayImage, to start: UnsafeMutableRawPointer, _ rowStride: Int, value: (Int) -> Pixel
    ) {
        let table = (0...255).map(value)
        let (width, height) = (gray.size.width, gray.size.height)
        unsafe table.withUnsafeBufferPointer { table in
            unsafe gray.levels.withUnsafeBufferPointer { levels in
                for row in 0..<height {
                    let pixels = unsafe (start + row * rowStride).assumingMemoryBound(to: Pixel.self)
                    for column in 0..<width { unsafe pixels[column] = table[Int(levels[row * width + column])] }
                }
            }
        }
    }

    /// Reads the image as a bitmap.
    ///
    /// - Throws: `CallError` if a pixel is neither hole nor background.
    func bitmap(name: StaticString) throws(CallError) -> Bitmap {
        switch values {
        case .bytes(let hole, let background): try bitmap(hole, background, name)
        case .floats(let hole, let background): try bitmap(hole, background, name)
        }
    }

    private func bitmap<Pixel: Equatable>(
        _ hole: Pixel, _ background: Pixel, _ name: StaticString
    ) throws(CallError) -> Bitmap {
        var bitmap = Bitmap(size: size)
        for row in 0..<size.height {
            let pixels = unsafe (start + row * rowStride).assumingMemoryBound(to: Pixel.self)
            var first: Int?
            for column in 0..<size.width {
                let pixel = unsafe pixels[column]
                if pixel == hole {
                    if first == nil { first = column }
                } else {
                    guard pixel == background else {
                        throw .invalid(
                            "\(name): the pixel at (\(column), \(row)) is \(pixel); expected \(hole) or \(background)")
                    }
                    if let start = first { bitmap.fill(columns: start...column - 1, row: row) }
                    first = nil
                }
            }
            if let first { bitmap.fill(columns: first...size.width - 1, row: row) }
        }
        return bitmap
    }

    /// Reads the image as gray levels; its pixels must be bytes.
    func grayImage() throws(CallError) -> GrayImage {
        guard case .bytes = values else { throw .invalid("image: type is \(QDIMD_FLOAT32); expected \(QDIMD_UINT8)") }
        var levels: [UInt8] = []
        levels.reserveCapacity(size.area)
        for row in 0..<size.height {
            unsafe levels.append(contentsOf: UnsafeRawBufferPointer(start: start + row * rowStride, count: size.width))
        }
        guard let image = GrayImage(size: size, levels: levels) else { throw .invalid("image: no pixels") }
        return image
    }
}

extension UnsafeMutableRawPointer {
    /// Sets `count` bytes. Most spans of a mask are a few bytes long, for which a call of `memset` takes longer.
    @inline(__always)
    fileprivate func fillBytes(_ value: UInt8, count: Int) {
        if count > 32 {
            unsafe assumingMemoryBound(to: UInt8.self).update(repeating: value, count: count)
        } else if count >= 16 {
            let block = SIMD16<UInt8>(repeating: value)
            unsafe storeBytes(of: block, as: SIMD16<UInt8>.self)
            unsafe storeBytes(of: block, toByteOffset: count &- 16, as: SIMD16<UInt8>.self)
        } else if count >= 8 {
            let block = UInt64(value) &* 0x0101_0101_0101_0101
            unsafe storeBytes(of: block, as: UInt64.self)
            unsafe storeBytes(of: block, toByteOffset: count &- 8, as: UInt64.self)
        } else if count >= 4 {
            let block = UInt32(value) &* 0x0101_0101
            unsafe storeBytes(of: block, as: UInt32.self)
            unsafe storeBytes(of: block, toByteOffset: count &- 4, as: UInt32.self)
        } else {
            for index in 0..<count { unsafe storeBytes(of: value, toByteOffset: index, as: UInt8.self) }
        }
    }
}
