/// An opaque color, with 8 bits per channel.
struct SVGColor: Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    static let black = SVGColor(0x000000)

    /// The color of a number of six hexadecimal digits.
    init(_ digits: UInt32) {
        red = UInt8(truncatingIfNeeded: digits >> 16)
        green = UInt8(truncatingIfNeeded: digits >> 8)
        blue = UInt8(truncatingIfNeeded: digits)
    }

    /// The color of three channels from 0 to 255; others are clamped, and fractions are rounded.
    init(_ channels: [Double]) {
        let bytes = channels.map { UInt8(min(max($0, 0), 255).rounded()) }
        (red, green, blue) = (bytes[0], bytes[1], bytes[2])
    }
}
