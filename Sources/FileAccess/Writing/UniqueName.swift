#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Names that no other process uses, in whichever machine, container, or mount it runs.
package enum UniqueName {
    /// A new name: `node7-4711-9f86d081884c7d65`, from the host, the process, and 64 random bits.
    package static func make() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return "\(host)-\(getpid())-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }

    /// Whether a text ends like a name that `make` returns: with the process and the random bits.
    package static func endsWithName(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).suffix(2)
        guard parts.count == 2, let process = parts.first, let bits = parts.last else { return false }
        return !process.isEmpty && process.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && bits.utf8.count == 16 && UInt64(bits, radix: 16) != nil
    }

    /// The host's name, as far as it consists of letters, digits, dots, and hyphens; at most 64 characters.
    package static let host: String = {
        var bytes = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "host" }
        let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let safe = String(decoding: name, as: UTF8.self).unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-".unicodeScalars.contains($0))
        }
        return safe.isEmpty ? "host" : String(String(String.UnicodeScalarView(safe)).prefix(64))
    }()
}
