import Testing

@testable import MaskDataset

struct ShardNumberSetTests {
    @Test(arguments: [
        ("0", "0"), ("3,7,9-10", "3,7,9-10"), ("10,9,7,3", "3,7,9-10"), ("1-5,2-3", "1-5"), ("0-0", "0"), ("4,4", "4"),
        ("9223372036854775807", "9223372036854775807"), ("0-9223372036854775807,5", "0-9223372036854775807"),
    ])
    func `numbers and ranges are read, and written in order`(text: String, expected: String) throws {
        #expect(try #require(ShardNumberSet(text)).description == expected)
    }

    @Test(arguments: ["", ",", "1,", "-1", "1-", "2-1", "a", "1.5", "9223372036854775808", "1 2", "１"])
    func `other texts are refused`(text: String) {
        #expect(ShardNumberSet(text) == nil)
    }

    @Test(arguments: 0..<50) func `inserting numbers in any order makes the set of them`(seed: Int) {
        var numbers = ShardNumberSet()
        var expected: Set<Int> = []
        var state = UInt64(seed)
        for _ in 0..<40 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int(state >> 59)
            numbers.insert(number)
            expected.insert(number)
        }
        #expect(Array(numbers.all) == expected.sorted())
        #expect(numbers.count == expected.count && numbers.last == expected.max())
        #expect((0..<40).filter(numbers.contains) == expected.sorted())
        #expect(ShardNumberSet(numbers.description) == numbers)
    }

    @Test func `a union has the numbers of both, and a shift those larger by an offset`() throws {
        let numbers = try #require(ShardNumberSet("1,5-6"))
        #expect(numbers.union(try #require(ShardNumberSet("2,6-9"))).description == "1-2,5-9")
        #expect(numbers.shifted(by: 1000)?.description == "1001,1005-1006")
        #expect(numbers.shifted(by: .max) == nil)
    }
}
