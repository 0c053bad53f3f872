import Synchronization
import Testing

@testable import MaskDataset

struct ConcurrentWorkTests {
    // MARK: forEachConcurrently

    @Test(arguments: [1, 2, 7, 0, -3], [0, 1, 2, 1000])
    func `every number is done once`(jobs: Int, count: Int) async {
        let done = Log()
        await forEachConcurrently(count, jobs: jobs, makeWorker: { true }) { _, number in done.add(number) }
        #expect(done.numbers.sorted() == Array(0..<count))
    }

    @Test func `one job does the numbers in order`() async {
        let done = Log()
        await forEachConcurrently(100, jobs: 1, makeWorker: { true }) { _, number in done.add(number) }
        #expect(done.numbers == Array(0..<100))
    }

    @Test func `one job begins nothing after a failure`() async {
        let begun = Log()
        await #expect(throws: Failure(number: 3)) {
            try await forEachConcurrently(10, jobs: 1, makeWorker: { true }) { (_, number) throws(Failure) in
                begun.add(number)
                if number == 3 { throw Failure(number: number) }
            }
        }
        #expect(begun.numbers == [0, 1, 2, 3])
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

    @Test(arguments: 0..<5) func `several jobs begin nothing after a failure`(attempt: Int) async {
        let begun = Log()
        let ended = Log()
        await #expect(throws: Failure(number: 0)) {
            try await forEachConcurrently(9, jobs: 2, makeWorker: { Tally(end: ended) }) {
                (_, number) throws(Failure) in
                begun.add(number)
                if number == 0 { throw Failure(number: number) }
                // The other task has failed for good once its worker is gone; it is never this one that it waits for.
                while ended.numbers.isEmpty {}
            }
        }
        #expect([[0], [0, 1]].contains(begun.numbers.sorted()))
    }

    @Test(arguments: 0..<5) func `of several failures that of the lowest number is thrown`(attempt: Int) async {
        // A high priority, so that the two tasks need not wait for other tests.
        let work = Task(priority: .high) {
            let ended = Log()
            try await forEachConcurrently(9, jobs: 2, makeWorker: { Tally(end: ended) }) {
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
    func `there is a worker for each task, and a task at most for each number`(
        jobs: Int, count: Int, workers: Int
    ) async {
        let made = Log()
        await forEachConcurrently(count, jobs: jobs, makeWorker: { made.add(0) }) { _, _ in }
        #expect(made.numbers.count == workers)
    }

    @Test func `a task keeps its worker from one number to the next`() async {
        let seen = Log()
        await forEachConcurrently(5, jobs: 1, makeWorker: { 100 }) { worker, _ in
            seen.add(worker)
            worker += 1
        }
        #expect(seen.numbers == [100, 101, 102, 103, 104])
    }

    @Test(arguments: [1, 2, 7]) func `the workers share the numbers, and go when all is done`(jobs: Int) async {
        let tallies = Log()
        await forEachConcurrently(1000, jobs: jobs, makeWorker: { Tally(end: tallies) }) { worker, _ in
            worker.count += 1
        }
        #expect(tallies.numbers.count == jobs)
        #expect(tallies.numbers.reduce(0, +) == 1000)
    }

    // MARK: WorkProgress

    @Test func `progress begins at 0 of 0`() {
        let progress = WorkProgress()
        #expect((progress.done, progress.total) == (0, 0))
    }

    @Test func `progress counts one by one, or several at once`() {
        let progress = WorkProgress()
        progress.begin(total: 10)
        progress.advance()
        progress.advance(by: 5)
        #expect((progress.done, progress.total) == (6, 10))
    }

    @Test func `progress that begins again begins at 0`() {
        let progress = WorkProgress()
        progress.begin(total: 10)
        progress.advance(by: 10)
        progress.begin(total: 3)
        #expect((progress.done, progress.total) == (0, 3))
    }

    @Test func `progress of many tasks loses nothing`() async {
        let progress = WorkProgress()
        progress.begin(total: 1000)
        await forEachConcurrently(1000, jobs: 7, makeWorker: { true }) { _, _ in progress.advance() }
        #expect(progress.done == 1000)
    }

    // MARK: ResultList

    @Test func `results stand in the order of their numbers`() {
        let list = ResultList<String>(count: 3)
        for (number, text) in [(2, "c"), (0, "a"), (1, "b")] { list.set(number, text) }
        #expect(list.all == ["a", "b", "c"])
    }

    @Test func `results that were not set are left out`() {
        let list = ResultList<String>(count: 4)
        list.set(3, "d")
        list.set(1, "b")
        #expect(list.all == ["b", "d"])
    }
}

private struct Failure: Error, Hashable {
    let number: Int
}

/// Numbers in the order in which they came.
private final class Log: Sendable {
    private let list = Mutex<[Int]>([])

    var numbers: [Int] { list.withLock { $0 } }

    func add(_ number: Int) {
        list.withLock { $0.append(number) }
    }
}

/// Counts, and gives its count to a log when it goes.
private struct Tally: ~Copyable {
    let end: Log
    var count = 0

    deinit {
        end.add(count)
    }
}
