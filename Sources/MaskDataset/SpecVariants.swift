import JSONText
public import MaskModel

/// Recipes of one dataset that differ in some values, so that it has masks of several kinds, as many of each.
public struct SpecVariants: Hashable, Sendable {
    /// How masks take the variants.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// The first masks of a split the first variant, and so on, in blocks of equal length.
        case blocks
        /// Mask after mask the next variant.
        case alternating
    }

    /// What each variant changes of the common spec; none for the spec itself.
    public var changes: [MaskSpecChanges] = []
    /// How masks take the variants.
    public var order = Order.blocks

    /// The common spec alone.
    public init() {}

    /// Which of the variants mask `index` of `count` has.
    func number(ofMask index: Int, of count: Int) -> Int {
        guard !changes.isEmpty else { return 0 }
        switch order {
        case .blocks: return index * changes.count / count
        case .alternating: return index % changes.count
        }
    }

    func write(to json: inout JSONWriter) {
        guard !changes.isEmpty else { return }
        json.name("variants")
        json.array { json in
            for change in changes {
                json.object { change.write(to: &$0) }
            }
        }
        json.member("variant_order", order.rawValue)
    }
}
