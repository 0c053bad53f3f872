import QuickDraw

extension StorageBucket {
    /// The address of a page of the listing of all names with `prefix`; the first page if `pageToken` is nil.
    func listingAddress(prefix: String, pageToken: String? = nil) -> String {
        let address = "\(base)/storage/v1/b/quickdraw_dataset/o?prefix=\(Self.escaped(prefix))"
        return pageToken.map { "\(address)&pageToken=\(Self.escaped($0))" } ?? address
    }

    /// The address of the file with a name: `full/simplified/The Eiffel Tower.ndjson`.
    func fileAddress(name: String) -> String {
        "\(base)/quickdraw_dataset/\(Self.escaped(name))"
    }

    /// Percent-encodes everything but slashes and the unreserved characters of RFC 3986.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
