import QuickDraw
import ReaderFuzzing
import SystemPackage
import Testing

struct CategoryNameTests {
    private func word(_ name: String) -> String? {
        CategoryName.word(fromFileName: name)
    }

    @Test(arguments: [
        ("cat.bin", "cat"), ("cat.ndjson", "cat"), ("cat.ndjson.gz", "cat"), ("cat.bin.gz", "cat"), ("cat", "cat"),
        ("CAT.BIN", "CAT"), ("The Eiffel Tower.ndjson", "The Eiffel Tower"), ("t-shirt.bin", "t-shirt"),
        ("see saw.bin", "see saw"), ("flip flops.bin", "flip flops"), ("teddy-bear.bin", "teddy-bear"),
    ])
    func `the official names`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: [
        ("full%2Fsimplified%2FThe%20Eiffel%20Tower.bin", "The Eiffel Tower"), ("full%2fbinary%2fcat.bin", "cat"),
        ("full%2Fraw%2Ft-shirt.ndjson", "t-shirt"), ("The%20Great%20Wall%20of%20China.bin", "The Great Wall of China"),
        ("birthday+cake.bin", "birthday cake"), ("full_simplified_birthday+cake.ndjson", "birthday cake"),
        ("full_binary_cat.bin", "cat"), ("full_simplified_cat.ndjson", "cat"), ("full_raw_cat.ndjson", "cat"),
        ("full_simplified_The Mona Lisa.ndjson", "The Mona Lisa"), ("Full_Binary_cat.bin", "cat"),
    ])
    func `names as the bucket's addresses make them`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: [
        ("cat (1).bin", "cat"), ("cat(2).bin", "cat"), ("full_binary_birthday cake (13).bin", "birthday cake"),
        ("cat.bin (1).gz", "cat"), ("cat%20%281%29.bin", "cat"),
    ])
    func `the number of a copy is not part of the word`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: [
        ("dog.first8192.bin", "dog"), ("bed.first1.ndjson", "bed"), ("cat.simplified.ndjson", "cat"),
        ("cat.bin.part", "cat"),
    ])
    func `nothing behind a dot is part of the word`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: [
        ("birthday_cake.bin", "birthday cake"), ("full_simplified_birthday_cake.ndjson", "birthday cake"),
        ("  ice   cream .bin", "ice cream"), ("hot_air__balloon.bin", "hot air balloon"), ("a%0Ab.bin", "a b"),
    ])
    func `underscores, and runs of spaces, are a space`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: [
        ("100%.bin", "100%"), ("%zz.bin", "%zz"), ("%4.bin", "%4"), ("%C3%A9t%C3%A9.bin", "été"), ("été.bin", "été"),
        ("cat%FF.bin", "cat\u{FFFD}"), ("a%2Bb.bin", "a+b"), ("full.bin", "full"), ("full_moon.bin", "full moon"),
        ("full_raw.bin", "full raw"), ("cat (x).bin", "cat (x)"), ("cat ().bin", "cat ()"),
    ])
    func `what has no meaning stays as it is, and what is no UTF-8 is repaired`(name: String, expected: String) {
        let word = word(name)
        #expect(word == expected)
    }

    @Test(arguments: ["", ".bin", " .bin", "_.bin", "(1).bin", "full%2Fbinary%2F.bin", "%00.bin", "..", "/"])
    func `a name of which nothing is left has no category`(name: String) {
        let word = word(name)
        #expect(word == nil)
    }

    @Test func `of a path the last name counts`() {
        let word = CategoryName.word(fromFileAt: "full/binary/see saw.bin")
        let none = CategoryName.word(fromFileAt: "/")
        #expect(word == "see saw")
        #expect(none == nil)
    }

    @Test(arguments: UInt64(0)..<20)
    func `whatever the name is, a word has neither dots and slashes nor spaces at its ends`(seed: UInt64) {
        var mutator = ByteMutator(seed: seed)
        for _ in 0..<200 {
            let name = mutator.mutated(Array("full%2Fsimplified%2FThe%20Eiffel+Tower (1).bin.gz".utf8))
            guard let word = word(String(decoding: name, as: UTF8.self)) else { continue }
            #expect(!word.isEmpty && word.first != " " && word.last != " ")
            #expect(!word.contains("/") && !word.contains("."))
        }
    }
}
