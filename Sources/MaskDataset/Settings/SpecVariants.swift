import JSONText
public import MaskModel

/// Recipes of one dataset that differ in some values; each applies to an equal number of masks.
public struct SpecVariants: Hashable, Sendable {
    /// How variants are assigned to masks.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// In blocks of equal length: the first masks of a split have the first variant, and so on.
        case blocks
        /// In turn: each mask has the variant after that of the previous mask.
        case alternating
    }

    /// The values of the common spec that each variant changes; without variants, the common spec applies to all masks.
    public var changes: [MaskSpecChanges] = []
    /// How variants are assigned to masks.
    public var order = Order.blocks

    /// No variants.
    public init() {}

    /// The number of the variant that applies to mask `index` of `count`.
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
