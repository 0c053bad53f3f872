import FileAccess
import TemporaryFiles
import Testing

@testable import MaskDataset

struct ManifestValueTests {
    private func facts(_ text: String) throws -> [ManifestValue] {
        let folder = try TemporaryFolder()
        try folder.file("dataset.json", text)
        return try DatasetManifest.values(ofDatasetIn: folder.path)
    }

    @Test func `all values are read, also those that this version does not know`() throws {
        let facts = try facts(
            #"{"seed":18446744073709551615,"spec":{"canvas":[512,256],"new":{"on":true}},"words":["a \"b\"","c"],"tar":null}"#
        )
        let expected = [
            ("seed", "18446744073709551615"), ("spec.canvas", "512, 256"), ("spec.new.on", "true"),
            ("words", #"a "b", c"#), ("tar", "none"),
        ]
        #expect(facts == expected.map { ManifestValue(name: $0.0, text: $0.1) })
    }

    @Test func `a manifest that is not JSON is an error`() throws {
        #expect(throws: DataError.self) { try facts("{") }
    }
}
