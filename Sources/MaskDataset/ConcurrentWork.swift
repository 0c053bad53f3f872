import Synchronization

/// Runs `body` for every number below `count`, on up to `jobs` tasks at once, each with a worker of its own.
///
/// After a failure no further number is begun; of several failures the one of the lowest number is thrown.
/// - Parameters:
///   - makeWorker: makes what a task keeps from one number to the next: buffers, a rasterizer.
///   - body: gets the worker and the number; numbers are begun in order. While it waits, its thread works for others.
package func forEachConcurrently<Worker: ~Copyable, Failure: Error>(
    _ count: Int, jobs: Int, makeWorker: @escaping @Sendable () -> Worker,
    _ body: @escaping @Sendable (inout Worker, Int) async throws(Failure) -> Void
) async throws(Failure) {
    let queue = WorkQueue(count: count)
    let failures = await withTaskGroup(of: (number: Int, failure: Failure)?.self) { group in
        for _ in 0..<min(max(jobs, 1), count) {
            group.addTask {
                var worker = makeWorker()
                while let number = queue.next() {
                    do throws(Failure) {
                        try await body(&worker, number)
                    } catch {
                        queue.close()
                        return (number, error)
                    }
                }
                return nil
            }
        }
        var failures: [(number: Int, failure: Failure)] = []
        for await failure in group {
            if let failure { failures.append(failure) }
        }
        return failures
    }
    if let first = failures.min(by: { $0.number < $1.number }) { throw first.failure }
}

/// Hands out the numbers below a count, each once.
private final class WorkQueue: Sendable {
    private let count: Int
    private let upcoming = Atomic(0)

    init(count: Int) {
        self.count = count
    }

    func next() -> Int? {
        let number = upcoming.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }

    /// Hands out no more.
    func close() {
        upcoming.store(count, ordering: .relaxed)
    }
}

/// How far a long piece of work has come. Any thread may read it while others work.
public final class WorkProgress: Sendable {
    private let doneCount = Atomic(0)
    private let totalCount = Atomic(0)

    /// Work that has not begun: 0 of 0.
    public init() {}

    /// How many pieces are done.
    public var done: Int { doneCount.load(ordering: .relaxed) }
    /// How many there are in all; 0 while that is not known.
    public var total: Int { totalCount.load(ordering: .relaxed) }

    package func begin(total: Int) {
        doneCount.store(0, ordering: .relaxed)
        totalCount.store(total, ordering: .relaxed)
    }

    /// All `total` pieces are done already.
    func finish(total: Int) {
        begin(total: total)
        advance(by: total)
    }

    package func advance(by count: Int = 1) {
        doneCount.wrappingAdd(count, ordering: .relaxed)
    }
}

/// Collects the results of concurrent work in the order of their numbers.
package final class ResultList<Element: Sendable>: Sendable {
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
