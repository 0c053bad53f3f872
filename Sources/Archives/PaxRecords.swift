/// The properties of the next member in pax records or GNU's long names.
struct PaxRecords {
    var path: String?
    /// The target of a link.
    var linkPath: String?
    var size: Int?

    /// Reads the path and size from records `length name=value\n`; false if the records are invalid.
    mutating func add(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count,
                rest[rest.startIndex + length - 1] == 0x0A,
                let equals = rest[..<(rest.startIndex + length)].firstIndex(of: UInt8(ascii: "=")), equals > space
            else { return false }
            let value = String(decoding: rest[(equals + 1)..<(rest.startIndex + length - 1)], as: UTF8.self)
            switch String(decoding: rest[(space + 1)..<equals], as: UTF8.self) {
            case "path": path = value
            case "linkpath": linkPath = value
            case "size":
                guard let size = Int(value), size >= 0 else { return false }
                self.size = size
            default: break
            }
            rest = rest.dropFirst(length)
        }
        return true
    }
}
