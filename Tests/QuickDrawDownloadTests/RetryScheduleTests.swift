import Testing

@testable import QuickDrawDownload

struct RetryScheduleTests {
    @Test func `pauses double, and the sixth failure is the last`() {
        let schedule = RetrySchedule()
        let pauses = (1...7).map { schedule.pause(afterFailure: $0) }
        #expect(pauses == [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16), nil, nil])
    }

    @Test func `no pause is longer than the longest`() {
        var schedule = RetrySchedule()
        schedule.failureLimit = 1_000_000
        #expect(schedule.pause(afterFailure: 7) == .seconds(60))
        #expect(schedule.pause(afterFailure: 999_999) == .seconds(60))
    }

    @Test func `what the server asks for counts, if it is longer, up to the longest`() {
        let schedule = RetrySchedule()
        #expect(schedule.pause(afterFailure: 1, requested: .seconds(7)) == .seconds(7))
        #expect(schedule.pause(afterFailure: 5, requested: .seconds(7)) == .seconds(16))
        #expect(schedule.pause(afterFailure: 1, requested: .seconds(3600)) == .seconds(60))
    }

    @Test func `with a limit of one there is no second try`() {
        var schedule = RetrySchedule()
        schedule.failureLimit = 1
        #expect(schedule.pause(afterFailure: 1) == nil)
    }
}
