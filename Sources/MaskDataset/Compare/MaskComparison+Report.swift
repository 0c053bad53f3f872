public import MaskDiff

extension MaskComparison {
    /// The result of a comparison.
    public struct Report: Hashable, Sendable {
        /// A pair of masks with the same name, or of two single files.
        public struct Pair: Hashable, Sendable {
            /// The candidate's name.
            public let name: String
            /// The result of the comparison.
            public let outcome: Outcome
        }

        /// The result of comparing a pair.
        public enum Outcome: Hashable, Sendable {
            /// The metrics, and whether the pair is the same within the limits.
            case compared(BitmapComparison, isSame: Bool)
            /// Why the pair could not be compared.
            case failed(String)
        }

        /// The pairs, in the order of the candidate.
        public let pairs: [Pair]
        /// The names that only the reference has.
        public let missing: [String]
        /// The names that only the candidate has.
        public let extra: [String]

        /// The number of pairs that are the same within the limits.
        ///
        /// - Complexity: O(pairs)
        public var sameCount: Int { pairs.count { if case .compared(_, true) = $0.outcome { true } else { false } } }
        /// The number of pairs that differ by more than the limits allow.
        ///
        /// - Complexity: O(pairs)
        public var differentCount: Int {
            pairs.count { if case .compared(_, false) = $0.outcome { true } else { false } }
        }
        /// The number of pairs that could not be read or compared.
        ///
        /// - Complexity: O(pairs)
        public var failedCount: Int { pairs.count - sameCount - differentCount }
    }
}
