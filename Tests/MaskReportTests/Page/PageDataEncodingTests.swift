import JSONText
import Foundation
import PlaneGeometry
import Testing

@testable import MaskReport

struct PageDataEncodingTests {
    @Test func `a path is encoded as differences in hundredths with the sign in the lowest bit`() {
        let path = Polyline([Point(x: 0.5, y: -0.01), Point(x: 0.5, y: 0.63), Point(x: -0.14, y: 0.63)])
        let bytes = PageDataEncoding(path).bytes
        #expect(bytes == [100, 1, 0, 0x80, 1, 127, 0])
    }

    @Test func `the largest coordinates fit`() {
        let path = Polyline([Point(x: 1e7, y: -1e7), Point(x: -1e7, y: 1e7)])
        let bytes = PageDataEncoding(path).bytes
        #expect(bytes.count == 20)
    }

    @Test func `ratios are two bytes, the low one first`() {
        #expect(PageDataEncoding(ratios: [0, 1, 0.5, 2, -1]).bytes == [0, 0, 255, 255, 0, 128, 255, 255, 0, 0])
    }

    @Test(arguments: 0..<40) func `base64 is the same as Foundation's`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 151 + count) }
        #expect(String(base64Encoding: bytes) == Data(bytes).base64EncodedString())
    }
}
