import FileAccess
import TemporaryFiles
import Testing

@testable import MaskDataset

struct ManifestMembersTests {
    private func members(_ text: String) throws -> [ManifestMember] {
        let folder = try TemporaryFolder()
        try folder.file("dataset.json", text)
        return try DatasetManifest.members(ofDatasetIn: folder.path)
    }

    @Test func `all members are told, also those that this version does not know`() throws {
        let members = try members(
            #"{"seed":18446744073709551615,"spec":{"canvas":[512,256],"new":{"on":true}},"words":["a \"b\"","c"],"tar":null}"#
        )
        let expected = [
            ("seed", "18446744073709551615"), ("spec.canvas", "512, 256"), ("spec.new.on", "true"),
            ("words", #"a "b", c"#), ("tar", "none"),
        ]
        #expect(members == expected.map { ManifestMember(name: $0.0, text: $0.1) })
    }

    @Test func `a manifest that is no JSON is an error`() throws {
        #expect(throws: DataError.self) { try members("{") }
    }
}
