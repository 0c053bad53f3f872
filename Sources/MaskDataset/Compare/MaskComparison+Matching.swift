import FileAccess

extension MaskComparison {
    /// The pairs of masks, and the names of those without a counterpart.
    struct Matches {
        var pairs: [(candidate: MaskLocation, reference: MaskLocation)] = []
        /// Masks that only the reference has.
        var missing: [MaskLocation] = []
        /// Masks that only the candidate has.
        var extra: [MaskLocation] = []
    }

    /// Pairs the items of both sides: two single masks whatever their names are; otherwise by the last component of the
    /// name if it is unique on both sides, and by the whole name if not; in any case without `strippedSuffix`.
    ///
    /// - Throws: `DataError` if two masks of a side have the same name without the suffix.
    func matchedItems() throws(DataError) -> Matches {
        var matches = Matches()
        if isSingle {
            matches.pairs = [(candidate.items[0], reference.items[0])]
            return matches
        }
        let isShort = [candidate, reference].allSatisfy { Set($0.items.map(\.lastName)).count == $0.items.count }
        func key(_ item: MaskLocation) -> String {
            let name = isShort ? item.lastName : item.name
            return name.hasSuffix(strippedSuffix) ? String(name.dropLast(strippedSuffix.count)) : name
        }
        var others: [String: MaskLocation] = [:]
        for item in reference.items {
            if let other = others.updateValue(item, forKey: key(item)) { throw sameName(other, item, in: reference) }
        }
        var seen: [String: MaskLocation] = [:]
        for item in candidate.items {
            if let other = seen.updateValue(item, forKey: key(item)) { throw sameName(other, item, in: candidate) }
            if let other = others.removeValue(forKey: key(item)) {
                matches.pairs.append((item, other))
            } else {
                matches.extra.append(item)
            }
        }
        matches.missing = reference.items.filter { others[key($0)] != nil }
        return matches
    }

    private func sameName(_ first: MaskLocation, _ second: MaskLocation, in masks: MaskCollection) -> DataError {
        DataError(
            masks.path,
            "has \(first.name) and \(second.name), which are the same name without \(strippedSuffix); "
                + "expected unique names")
    }
}
