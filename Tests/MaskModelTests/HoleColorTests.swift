import MaskModel
import Testing

struct HoleColorTests {
    @Test func `the names are those of the command line and the manifest`() {
        let names = HoleColor.allCases.map(\.rawValue)
        #expect(names == ["white", "black"])
    }
}
