package import FileAccess

/// Corrupt records that were skipped: their number, and the error of the first.
package struct SkippedRecords: Hashable, Sendable {
    /// The number of records.
    package private(set) var count = 0
    /// The error of the first of them; nil if there are none.
    package private(set) var first: DataError?

    /// No records.
    package init() {}

    /// Adds a record.
    package mutating func add(_ error: DataError) {
        if first == nil { first = error }
        count += 1
    }

    /// Adds records that come later.
    package mutating func add(_ other: SkippedRecords) {
        if first == nil { first = other.first }
        count += other.count
    }
}
