/// Writes tar files (POSIX `ustar`): the headers and padding of members, and the end of the archive.
///
/// All headers agree in everything but the name and size of the member: mode 0644, owner and group 0 without names,
/// time 0. The bytes of a tar file therefore depend only on its members.
public enum TarFormat {
    /// The size of a block in bytes: a header is one block, and members are padded to whole blocks.
    static let blockSize = 512

    /// The longest name of a member, in UTF-8 bytes.
    public static let nameLimit = 100

    /// Appends the incomplete header of a member to `archive`; the caller then appends the member's bytes.
    ///
    /// - Returns: The offset of the header, for `endMember`.
    public static func beginMember(in archive: inout [UInt8]) -> Int {
        archive.append(contentsOf: TarHeader.template)
        return archive.count - blockSize
    }

    /// Completes the header of a member after all of its bytes were appended, and pads its last block.
    ///
    /// - Parameters:
    ///   - name: The name of the member, 1 to `nameLimit` bytes.
    ///   - start: The result of `beginMember`; the member has less than 8 GiB.
    ///   - archive: The tar file so far.
    public static func endMember(named name: String, begunAt start: Int, in archive: inout [UInt8]) {
        precondition((1...nameLimit).contains(name.utf8.count))
        let size = archive.count - start - blockSize
        archive.set(name.utf8, at: start + TarHeader.name.lowerBound)
        archive.setOctal(size, at: start, TarHeader.size)
        let checksum = TarHeader.checksum(of: archive[start..<start + blockSize])
        // Six digits, a zero byte, and a space, by convention.
        archive.setOctal(checksum, at: start, TarHeader.checksum.dropLast())
        archive[start + TarHeader.checksum.upperBound - 1] = UInt8(ascii: " ")
        archive.append(contentsOf: repeatElement(0, count: -size & (blockSize - 1)))
    }

    /// Appends the two blocks of zeros that end a tar file.
    public static func appendEnd(to archive: inout [UInt8]) {
        archive.append(contentsOf: repeatElement(0, count: 2 * blockSize))
    }
}
