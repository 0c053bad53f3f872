import Synchronization

/// Collects the results of concurrent calls in the order of their numbers.
package final class OrderedResults<Element: Sendable>: Sendable {
    private let slots: Mutex<[Element?]>

    package init(count: Int) {
        slots = Mutex(Array(repeating: nil, count: count))
    }

    package func set(_ number: Int, _ element: Element) {
        slots.withLock { $0[number] = element }
    }

    /// The results that were set, in order.
    package var all: [Element] {
        slots.withLock { $0.compactMap(\.self) }
    }
}
