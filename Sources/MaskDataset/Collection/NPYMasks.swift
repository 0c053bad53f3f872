import Archives
import FileAccess
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// The masks in a NumPy array of `uint8` or `bool`: of shape (H, W), or one mask for each first index of (N, H, W) and
/// (N, H, W, 1).
struct NPYMasks {
    private let file: MaskFile
    private let dataOffset: Int
    /// The number of masks; nil if the array is a single one.
    private let count: Int?
    private let size: PixelSize

    /// Reads the header of the array in `file`.
    ///
    /// - Throws: `DataError` if it is not an array of masks.
    init(_ file: MaskFile) throws(DataError) {
        let file = try file.uncompressed()
        guard let header = NPYHeader(try file.firstBytes(NPYHeader.lengthLimit)) else {
            throw DataError(file.path, "does not begin with the header of a NumPy array; expected a .npy file")
        }
        let shape = "(\(header.shape.map { "\($0)" }.joined(separator: ", ")))"
        guard ["|u1", "|b1"].contains(header.type) else {
            throw DataError(
                file.path, "an array of \(header.type.debugDescription) and shape \(shape); expected uint8 or bool")
        }
        guard !header.isFortranOrder || header.shape.count < 2 else {
            throw DataError(file.path, "an array in Fortran order; expected C order (numpy.ascontiguousarray)")
        }
        let sides: ArraySlice<Int>
        switch header.shape.count {
        case 2: (count, sides) = (nil, header.shape[...])
        case 3: (count, sides) = (header.shape[0], header.shape[1...])
        case 4 where header.shape[3] == 1: (count, sides) = (header.shape[0], header.shape[1...2])
        default:
            throw DataError(file.path, "an array of shape \(shape); expected (H, W), (N, H, W), or (N, H, W, 1)")
        }
        guard let size = PixelSize(width: sides[sides.startIndex + 1], height: sides[sides.startIndex]) else {
            throw DataError(
                file.path, "an array of shape \(shape); expected sides of 1 to \(PixelSize.maximumSide) px")
        }
        let (length, isTooLong) = size.area.multipliedReportingOverflow(by: count ?? 1)
        let found = try file.size() - header.dataOffset
        guard !isTooLong, length == found else {
            throw DataError(
                file.path, "\(found) bytes for an array of shape \(shape); expected \(size.area) for each mask")
        }
        (self.file, self.size, dataOffset) = (file, size, header.dataOffset)
    }

    /// The masks, named `name`, or after their index below it: `name_00017`.
    func items(named name: String) -> [MaskLocation] {
        (0..<(count ?? 1)).map { index in
            let start = dataOffset + index * size.area
            let name = count == nil ? name : "\(name)_\(DatasetPaths.fiveDigits(index))"
            return MaskLocation(
                name: name, source: file.slice(start..<start + size.area), embedded: .pixels(size))
        }
    }
}

extension PNGReader {
    /// The mask that the pixels of an array show: as an image, or 0 and 1, of which 1 is white unless there is a
    /// threshold.
    func raster(ofArray pixels: [UInt8], _ size: PixelSize) throws(PNGError) -> Bitmap {
        var pixels = pixels
        if threshold == nil, pixels.allSatisfy({ $0 <= 1 }) {
            for index in pixels.indices { pixels[index] &*= 255 }
        }
        var rows = ByteRowBinarizer(size: size, self)
        unsafe pixels.withUnsafeBufferPointer { values in
            for row in 0..<size.height {
                guard let start = values.baseAddress else { return }
                unsafe rows.take(row: row, values: start + row * size.width)
            }
        }
        return try rows.raster()
    }
}
