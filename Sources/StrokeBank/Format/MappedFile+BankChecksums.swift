import FileAccess

extension MappedFile {
    /// Whether the file begins with the signature of a bank.
    func beginsWithMagic() throws(DataError) -> Bool {
        try withBytes { bytes in
            bytes.byteCount >= BankFormat.magic.count
                && BankFormat.magic.indices.allSatisfy { bytes.byte(at: $0) == BankFormat.magic[$0] }
        }
    }

    /// Lends the file after checking those blocks of `range` that were not checked before.
    @inline(__always)
    func checkingBlocks<R>(
        of range: Range<Int>, _ header: BankHeader, _ checked: AtomicBitSet, _ body: (RawSpan) -> R
    ) throws(DataError) -> R {
        let origin = BankFormat.headerLength
        if !range.isEmpty {
            let last = (range.upperBound - 1 - origin) / BankFormat.blockLength
            for block in (range.lowerBound - origin) / BankFormat.blockLength...last where !checked.contains(block) {
                try checkBlock(block, header)
                checked.insert(block)
            }
        }
        return try withBytes(body)
    }

    /// Checks a block, counted from 0 after the header.
    @inline(never)
    func checkBlock(_ block: Int, _ header: BankHeader) throws(DataError) {
        let start = BankFormat.headerLength + BankFormat.blockLength * block
        let (found, expected) = try withBytes { bytes in
            (
                XXHash64.checksum(of: bytes.extracting(start..<start + BankFormat.blockLength)),
                bytes.number(at: header[.checksums].lowerBound + 8 * block, as: UInt64.self)
            )
        }
        guard found == expected else {
            try checkUnchanged()
            let section = header.section(at: start) ?? .categories
            let error = BankError.checksum(offset: start - header[section].lowerBound, found: found, expected: expected)
            throw DataError(path, section: section.name, error)
        }
    }
}
