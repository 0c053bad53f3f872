import ArgumentParser
import MaskModel

/// The size of an export's images on the command line: `640x480`, `512` for a square, or `images` for those of a list.
enum ExportSizeArgument: ExpressibleByArgument {
    case fixed(PixelSize)
    case images

    init?(argument: String) {
        if argument == "images" {
            self = .images
        } else if let size = SizeArgument(argument: argument) {
            self = .fixed(size.size)
        } else {
            return nil
        }
    }
}
