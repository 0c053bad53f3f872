import FileAccess
import MaskModel
import SystemPackage

/// The positions of lines in the JSON Lines of a merged export: of every 250th, which suffices to read 250 at once.
struct LineOffsetIndex: Hashable, Sendable {
    private var offsets: [Split: [Int]] = [:]

    /// Finds the lines of all splits.
    ///
    /// - Complexity: O(bytes)
    init(_ settings: ExportSettings, in merged: DatasetPaths) throws(DataError) {
        for split in Split.allCases where settings.count(of: split) > 0 {
            let path = merged.vectorFile(split)
            let size = try path.fileSize()
            var (starts, lineCount, position) = ([0], 0, 0)
            while position < size {
                let chunk = try path.readBytes(at: position, count: 1 << 20)
                if chunk.isEmpty { break }
                for index in chunk.indices where chunk[index] == 0x0A {
                    lineCount += 1
                    if lineCount % MaskRanges.usualSize == 0 { starts.append(position + index + 1) }
                }
                position += chunk.count
            }
            if lineCount % MaskRanges.usualSize != 0 { starts.append(size) }
            offsets[split] = starts
        }
    }

    /// Returns the lines of one range of `MaskRanges.usualSize` masks, with their line ends.
    func lines(of range: Int, _ split: Split, in merged: DatasetPaths) throws(DataError) -> [ArraySlice<UInt8>] {
        guard let offsets = offsets[split], offsets.indices.contains(range + 1) else { return [] }
        let size = offsets[range + 1] - offsets[range]
        let bytes = try merged.vectorFile(split).readBytes(at: offsets[range], count: size)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            lines.append(bytes[start...end])
            start = end + 1
        }
        return lines
    }
}
