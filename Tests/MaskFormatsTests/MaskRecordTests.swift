import MaskFormats
import Testing

@Suite struct MaskRecordTests {
    @Test func `an error names its line if that is known`() {
        let known = MaskFormatError(line: 812, "no points")
        let unknown = MaskFormatError("no points")
        #expect(known.description == "line 812: no points")
        #expect(unknown.description == "no points")
    }

    @Test func `the format has a version`() {
        #expect(MaskRecord.format == "qd-imd-mask/1")
    }
}
