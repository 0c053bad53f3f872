import ArgumentParser
import MaskModel

/// A size on the command line: `640x480`, or `512` for a square.
struct SizeArgument: ExpressibleByArgument {
    let size: PixelSize

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(sides.count), let width = sides[0], let height = sides[sides.count - 1],
            let size = PixelSize(width: width, height: height)
        else { return nil }
        self.size = size
    }
}
