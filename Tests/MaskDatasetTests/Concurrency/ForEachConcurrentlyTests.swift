import Synchronization
import Testing

@testable import MaskDataset

struct ForEachConcurrentlyTests {
    @Test(arguments: [1, 2, 7, 0, -3], [0, 1, 2, 1000])
    func `every number is passed once`(jobs: Int, count: Int) async {
        let done = Log()
        await forEachConcurrently(count, jobs: jobs, makeWorker: { true }) { _, number in done.add(number) }
        #expect(done.numbers.sorted() == Array(0..<count))
    }

    @Test func `one job receives the numbers in order`() async {
        let done = Log()
        await forEachConcurrently(100, jobs: 1, makeWorker: { true }) { _, number in done.add(number) }
        #expect(done.numbers == Array(0..<100))
    }

    @Test func `one job starts no number after a failure`() async {
        let started = Log()
        await #expect(throws: Failure(number: 3)) {
            try await forEachConcurrently(10, jobs: 1, makeWorker: { true }) { (_, number) throws(Failure) in
                started.add(number)
                if number == 3 { throw Failure(number: number) }
            }
        }
        #expect(started.numbers == [0, 1, 2, 3])
    }

    @Test(arguments: [2, 7]) func `all numbers before a failure are done`(jobs: Int) async {
        let done = Log()
        await #expect(throws: Failure(number: 500)) {
            try await forEachConcurrently(1000, jobs: jobs, makeWorker: { true }) { (_, number) throws(Failure) in
                if number == 500 { throw Failure(number: number) }
                done.add(number)
            }
        }
        #expect(Array(done.numbers.sorted().prefix(500)) == Array(0..<500))
    }

    @Test(arguments: 0..<5) func `several jobs start no number after a failure`(attempt: Int) async {
        let started = Log()
        let ended = Log()
        await #expect(throws: Failure(number: 0)) {
            try await forEachConcurrently(9, jobs: 2, makeWorker: { CountingWorker(end: ended) }) {
                (_, number) throws(Failure) in
                started.add(number)
                if number == 0 { throw Failure(number: number) }
                // The other task has failed once its worker is destroyed; it never waits for this one.
                while ended.numbers.isEmpty {}
            }
        }
        #expect([[0], [0, 1]].contains(started.numbers.sorted()))
    }

    @Test(arguments: 0..<5) func `of several failures, that of the lowest number is thrown`(attempt: Int) async {
        // A high priority, so that the two tasks need not wait for other tests.
        let work = Task(priority: .high) {
            let ended = Log()
            try await forEachConcurrently(9, jobs: 2, makeWorker: { CountingWorker(end: ended) }) {
                (_, number) throws(Failure) in
                // Where there are threads for both, number 0 lets number 1 fail first.
                var patience = number == 0 ? 200_000 : 0
                while patience > 0 { patience -= ended.numbers.isEmpty ? 1 : 10 }
                throw Failure(number: number)
            }
        }
        await #expect(throws: Failure(number: 0)) { try await work.value }
    }

    @Test(arguments: [(jobs: 1, count: 10, workers: 1), (3, 10, 3), (7, 2, 2), (0, 5, 1), (4, 0, 0)])
    func `each task has a worker, and there are at most as many tasks as numbers`(
        jobs: Int, count: Int, workers: Int
    ) async {
        let made = Log()
        await forEachConcurrently(count, jobs: jobs, makeWorker: { made.add(0) }) { _, _ in }
        #expect(made.numbers.count == workers)
    }

    @Test func `a task reuses its worker from one number to the next`() async {
        let seen = Log()
        await forEachConcurrently(5, jobs: 1, makeWorker: { 100 }) { worker, _ in
            seen.add(worker)
            worker += 1
        }
        #expect(seen.numbers == [100, 101, 102, 103, 104])
    }

    @Test(arguments: [1, 2, 7]) func `workers share the numbers, and are destroyed at the end`(jobs: Int) async {
        let counts = Log()
        await forEachConcurrently(1000, jobs: jobs, makeWorker: { CountingWorker(end: counts) }) { worker, _ in
            worker.count += 1
        }
        #expect(counts.numbers.count == jobs)
        #expect(counts.numbers.reduce(0, +) == 1000)
    }
}

private struct Failure: Error, Hashable {
    let number: Int
}

/// Numbers in the order in which they were added.
private final class Log: Sendable {
    private let list = Mutex<[Int]>([])

    var numbers: [Int] { list.withLock { $0 } }

    func add(_ number: Int) {
        list.withLock { $0.append(number) }
    }
}

/// Counts, and adds its count to a log when it is destroyed.
private struct CountingWorker: ~Copyable {
    let end: Log
    var count = 0

    deinit {
        end.add(count)
    }
}
