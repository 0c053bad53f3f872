import Synchronization

/// Calls `body` for every number below `count`, in up to `jobs` tasks, each of which has a worker of its own.
///
/// After an error, no further number is started. If several calls fail, the error of the lowest number is thrown.
/// - Parameters:
///   - makeWorker: creates the state that a task reuses from one number to the next: buffers, a rasterizer.
///   - body: receives the worker and the number; numbers are started in order. While a call is suspended, its thread
///     runs other tasks.
package func forEachConcurrently<Worker: ~Copyable, Failure: Error>(
    _ count: Int, jobs: Int, makeWorker: @escaping @Sendable () -> Worker,
    _ body: @escaping @Sendable (inout Worker, Int) async throws(Failure) -> Void
) async throws(Failure) {
    let queue = NumberQueue(count: count)
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

/// Calls `body` for every number below `count`, in up to `jobs` tasks that share no state.
package func forEachConcurrently<Failure: Error>(
    _ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) async throws(Failure) -> Void
) async throws(Failure) {
    try await forEachConcurrently(count, jobs: jobs, makeWorker: { () }) { (_, number) async throws(Failure) in
        try await body(number)
    }
}

/// Returns each number below a count once.
private final class NumberQueue: Sendable {
    private let count: Int
    private let upcoming = Atomic(0)

    init(count: Int) {
        self.count = count
    }

    func next() -> Int? {
        let number = upcoming.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }

    /// Returns no further numbers.
    func close() {
        upcoming.store(count, ordering: .relaxed)
    }
}
