import Foundation
@testable import QuickDraw
import ReaderFuzzing
import Testing

struct TimestampTests {
    private func seconds(_ text: String) -> UInt32? {
        Timestamp.seconds(Array(text.utf8).span.bytes)
    }

    @Test func `a time of the ndjson is whole seconds since 1970`() {
        let seconds = seconds("2017-03-17 18:48:33.14285 UTC")
        #expect(seconds == 1_489_776_513)
    }

    @Test(arguments: [
        "2017-01-24 22:38:33 UTC", "2017-01-24 22:38:33.0 UTC", "2017-01-24 22:38:33.58873 UTC",
        "2017-01-24 22:38:33.999999999999 UTC",
    ])
    func `a fraction is dropped, however long`(text: String) {
        let seconds = seconds(text)
        #expect(seconds == 1_485_297_513)
    }

    @Test(arguments: [
        ("1970-01-01 00:00:00 UTC", 0), ("1999-12-31 23:59:59 UTC", 946_684_799),
        ("2000-02-29 12:00:00 UTC", 951_825_600), ("2016-02-29 00:00:00 UTC", 1_456_704_000),
        ("2100-03-01 00:00:00 UTC", 4_107_542_400), ("2106-02-07 06:28:15 UTC", UInt32.max),
    ])
    func `the calendar is the Gregorian one`(text: String, expected: UInt32) {
        let seconds = seconds(text)
        #expect(seconds == expected)
    }

    @Test func `every day of 137 years is where Foundation has it`() throws {
        let format = Date.ISO8601FormatStyle().year().month().day()
        let others = (0..<49_710).filter { day in
            let date = format.format(Date(timeIntervalSince1970: Double(day) * 86_400))
            return seconds("\(date) 00:00:01 UTC") != UInt32(day) * 86_400 + 1
        }
        #expect(others == [])
    }

    @Test(arguments: [
        "", "UTC", "2017-03-17", "2017-03-17 18:48:33", "2017-03-17 18:48:33. UTC", "2017-03-17 18:48:33.1x UTC",
        "2017-03-17T18:48:33 UTC", "2017-03-17 18:48:33 CET", "2017-03-17 18:48:33.14285", "2017-3-17 18:48:33 UTC",
        " 2017-03-17 18:48:33 UTC", "2017-03-17 18:48:33 UTC ", "2017-03-17 18:48:33  UTC", "2017/03/17 18:48:33 UTC",
        "-017-03-17 18:48:33 UTC", "2017-03-17 18:48:3é UTC", "٢017-03-17 18:48:33 UTC",
    ])
    func `anything else is no time`(text: String) {
        let seconds = seconds(text)
        #expect(seconds == nil)
    }

    @Test(arguments: [
        "2017-00-17 18:48:33 UTC", "2017-13-17 18:48:33 UTC", "2017-03-00 18:48:33 UTC", "2017-03-32 18:48:33 UTC",
        "2017-04-31 18:48:33 UTC", "2017-02-29 18:48:33 UTC", "2100-02-29 18:48:33 UTC", "2017-03-17 24:00:00 UTC",
        "2017-03-17 18:60:33 UTC", "2016-12-31 23:59:60 UTC",
    ])
    func `a day or time that no calendar has is no time`(text: String) {
        let seconds = seconds(text)
        #expect(seconds == nil)
    }

    @Test(arguments: ["1969-12-31 23:59:59 UTC", "2106-02-07 06:28:16 UTC", "0000-01-01 00:00:00 UTC"])
    func `what 32 bits do not reach is no time`(text: String) {
        let seconds = seconds(text)
        #expect(seconds == nil)
    }

    @Test(arguments: UInt64(0)..<20)
    func `damaged texts are a time or none`(seed: UInt64) {
        var mutator = ByteMutator(seed: seed)
        for _ in 0..<500 {
            let text = mutator.mutated(Array("2017-03-17 18:48:33.14285 UTC".utf8))
            let seconds = Timestamp.seconds(text.span.bytes)
            if let seconds { #expect(text.count >= 23, "\(seconds) of \(text)") }
        }
    }
}
