import ArgumentParser
import MaskDataset
import MaskModel

/// A rectangle on the command line: `x,y,width,height` in px.
struct IgnoredAreaArgument: ExpressibleByArgument {
    let area: IgnoredPixels.Area

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard numbers.count == 4, argument.split(separator: ",", omittingEmptySubsequences: false).count == 4,
            let size = PixelSize(width: numbers[2], height: numbers[3]),
            let area = IgnoredPixels.Area(x: numbers[0], y: numbers[1], size: size)
        else { return nil }
        self.area = area
    }
}
