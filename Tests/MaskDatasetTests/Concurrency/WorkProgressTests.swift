import Testing

@testable import MaskDataset

struct WorkProgressTests {
    @Test func `progress starts at 0 of 0`() {
        let progress = WorkProgress()
        #expect((progress.done, progress.total) == (0, 0))
    }

    @Test func `progress counts single steps and several at once`() {
        let progress = WorkProgress()
        progress.begin(total: 10)
        progress.advance()
        progress.advance(by: 5)
        #expect((progress.done, progress.total) == (6, 10))
    }

    @Test func `progress that starts again starts at 0`() {
        let progress = WorkProgress()
        progress.begin(total: 10)
        progress.advance(by: 10)
        progress.begin(total: 3)
        #expect((progress.done, progress.total) == (0, 3))
    }

    @Test func `progress of many tasks loses no step`() async {
        let progress = WorkProgress()
        progress.begin(total: 1000)
        await forEachConcurrently(1000, jobs: 7, makeWorker: { true }) { _, _ in progress.advance() }
        #expect(progress.done == 1000)
    }
}
