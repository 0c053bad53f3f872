import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskFormats

/// The subpaths of path data as text: `1,2 3,4` for a line, with a `z` if it is closed.
private func subpaths(_ data: String) throws -> [String] {
    try parsePathData(data).map { subpath in
        subpath.points.map { "\($0.x),\($0.y)".replacing(".0", with: "") }.joined(separator: " ")
            + (subpath.isClosed ? " z" : "")
    }
}

private func message(_ data: String) -> String? {
    complaint { _ = try parsePathData(data) }
}

@Suite struct SVGPathDataTests {
    @Test(arguments: [
        ("M1 2L3 4", ["1,2 3,4"]), ("M 1 2 L 3 4 L 5 6", ["1,2 3,4 5,6"]), ("m1 2l3 4l5 6", ["1,2 4,6 9,12"]),
        ("M1 2H9V7", ["1,2 9,2 9,7"]), ("M1 2h9v7", ["1,2 10,2 10,9"]), ("M1 2h-1v-2", ["1,2 0,2 0,0"]),
        ("m-1-2h0", ["-1,-2 -1,-2"]),
    ])
    func `commands are absolute in upper case and relative in lower case`(data: String, expected: [String]) throws {
        #expect(try subpaths(data) == expected)
    }

    @Test(arguments: [
        ("M1 2L3 4 5 6", ["1,2 3,4 5,6"]), ("M1 2 3 4 5 6", ["1,2 3,4 5,6"]), ("m1 2 3 4 5 6", ["1,2 4,6 9,12"]),
        ("M0 0H1 2 3", ["0,0 1,0 2,0 3,0"]), ("M0 0v1 2 3", ["0,0 0,1 0,3 0,6"]), ("M0 0l1 1 1 1", ["0,0 1,1 2,2"]),
    ])
    func `numbers that follow repeat the command, and lines follow a move`(data: String, expected: [String]) throws {
        #expect(try subpaths(data) == expected)
    }

    @Test(arguments: [
        ("M1-2L.5.5", ["1,-2 0.5,0.5"]), ("M1e1 2E-1L1.5e+1,3", ["10,0.2 15,3"]), ("M+1+2L-.5-.25", ["1,2 -0.5,-0.25"]),
        ("M5.0,6.0L7.0e0 8", ["5,6 7,8"]), ("\n\tM 1\r\n2\u{C}L 3 , 4 ", ["1,2 3,4"]), ("M1,2,3,4", ["1,2 3,4"]),
        ("M0.1.2.3.4", ["0.1,0.2 0.3,0.4"]), ("M1 2L3-4.5.5 6", ["1,2 3,-4.5 0.5,6"]), ("M007 010L1 1", ["7,10 1,1"]),
    ])
    func `numbers need no separator where they cannot run together`(data: String, expected: [String]) throws {
        #expect(try subpaths(data) == expected)
    }

    @Test(arguments: [
        ("M0 0L5 0L5 5Z", ["0,0 5,0 5,5 z"]), ("M0 0h5zM9 9h1", ["0,0 5,0 z", "9,9 10,9"]),
        ("M1 1h5zh2", ["1,1 6,1 z", "1,1 3,1"]), ("M1 1h5zm2 3h1", ["1,1 6,1 z", "3,4 4,4"]),
        ("M1 1h5zl1 1zv4", ["1,1 6,1 z", "1,1 2,2 z", "1,1 1,5"]), ("M3 4z", ["3,4 z"]), ("M3 4zz", ["3,4 z"]),
        ("M0 0h5zL2 2", ["0,0 5,0 z", "0,0 2,2"]),
    ])
    func `Z closes a subpath, and the next begins where it began`(data: String, expected: [String]) throws {
        #expect(try subpaths(data) == expected)
    }

    @Test(arguments: ["", "   ", "M1 2", "M1 2M3 4", "m1 2m3 4m5 6"])
    func `a move without a segment draws nothing`(data: String) throws {
        #expect(try subpaths(data) == [])
    }

    @Test func `each move starts a subpath`() throws {
        #expect(try subpaths("M0 0h1M5 5h1m1 1h1") == ["0,0 1,0", "5,5 6,5", "7,6 8,6"])
    }

    @Test func `a closed subpath leads back to its start`() throws {
        var precision = FlattenedPath.Precision()
        let subpath = try #require(try parsePathData("M1 2L3 4L5 6Z").first)
        let points = try FlattenedPath(subpath, halfWidth: 0, precision: &precision).points
        #expect(points.last == Point(x: 1, y: 2))
        #expect(points.count == 4)
    }

    @Test(arguments: [
        ("C1 2 3 4 5 6", "0,0 5,6"), ("c1 2 3 4 5 6 7 8 9 10 11 12", "0,0 5,6 16,18"), ("S3 4 5 6", "0,0 5,6"),
        ("Q3 4 5 6", "0,0 5,6"), ("q3 4 5 6-1-2-3-4", "0,0 5,6 2,2"), ("T5 6t1 2", "0,0 5,6 6,8"),
        ("A5 5 0 0 1 8 6", "0,0 8,6"), ("a5 5 0 018 6", "0,0 8,6"), ("a5 5 0 0186-5", "0,0 86,-5"),
    ])
    func `curves lead to their last point`(data: String, expected: String) throws {
        #expect(try subpaths("M0 0" + data) == [expected])
    }

    @Test func `a smooth curve continues the one before it, if that is of the same kind`() throws {
        func controls(_ data: String) throws -> [Point] {
            try #require(try parsePathData(data).first).segments.flatMap { Array($0.hull.dropFirst()) }
        }
        #expect(try controls("M0 0C1 1 2 2 4 3S7 7 8 8")[3] == Point(x: 6, y: 4))
        #expect(try controls("M0 0L4 3S7 7 8 8")[1] == Point(x: 4, y: 3))
        #expect(try controls("M0 0Q2 2 4 3T8 8")[2] == Point(x: 6, y: 4))
        #expect(try controls("M0 0C1 1 2 2 4 3T8 8")[3] == Point(x: 4, y: 3))
        #expect(try controls("M0 0Q2 2 4 3T8 8T9 9")[4] == Point(x: 10, y: 12))
    }

    @Test(arguments: ["R", "x", "B"])
    func `other letters are refused with their location`(command: String) {
        #expect(
            message("M0 0 \(command)1 2 3 4 5 6")
                == "path data has \"\(command)\" at character 6; expected M, L, H, V, C, S, Q, T, A, or Z")
    }

    @Test func `the flags of an arc are 0 or 1`() {
        #expect(
            message("M0 0A1 1 0 2 0 5 5") == "path data has \"2\" at character 12; expected 0 or 1 for command A")
        #expect(message("M0 0A1 1 0 1") == "path data ends; expected 0 or 1 for command A")
    }

    @Test(arguments: ["L1 2", "h3", "Z", "v2M1 1"])
    func `path data starts with a move`(data: String) {
        #expect(message(data) == "path data has \"\(data.prefix(1))\" at character 1; expected M first")
    }

    @Test(arguments: [
        ("M1", "ends", "M"), ("M1 2L", "ends", "L"), ("M1 2L3", "ends", "L"), ("M1 2H", "ends", "H"),
        ("M1 2L3 4 5", "ends", "L"), ("MM", "has \"M\" at character 2", "M"),
        ("M1 2L3,,4", "has \",\" at character 7", "L"),
        ("M1 2 3", "ends", "M"), ("M1 2v-", "has \"-\" at character 6", "v"),
        ("M1 2h.", "has \".\" at character 6", "h"),
        ("M5.,6", "has \".\" at character 3", "M"),
        ("M1 2h+e1", "has \"+\" at character 6", "h"),
    ])
    func `the error for a missing number names its command`(data: String, found: String, command: String) {
        #expect(message(data) == "path data \(found); expected a number for command \(command)")
    }

    @Test(arguments: [("MNaN 5", "N", 2), ("M1 2Linf 3", "i", 6), ("M1 2L3 Infinity", "I", 8), ("M0x10 2", "x", 3)])
    func `NaN, infinity, and hexadecimals are not numbers`(data: String, found: String, place: Int) {
        let command = place == 6 || place == 8 ? "L" : "M"
        #expect(
            message(data)
                == "path data has \"\(found)\" at character \(place); expected a number for command \(command)")
    }

    @Test(arguments: [
        ("5 6", "5"), ("M1 2#", "#"), ("M1 2;L3 4", ";"), ("M1 2 h3 %", "%"), ("M1 2,h3", ","), ("M1 2h3,", ","),
        ("M5 6.L7 8", "."),
    ])
    func `a character that is not a command is refused with its location`(data: String, found: String) {
        let place = data.utf8.firstIndex(of: found.utf8.first ?? 0).map {
            data.utf8.distance(from: data.startIndex, to: $0)
        }
        #expect(
            message(data) == "path data has \"\(found)\" at character \((place ?? -1) + 1); expected a command")
    }

    @Test(arguments: [
        ("1,2 3,4", [1.0, 2, 3, 4]), (" 1 2 , 3-4 ", [1, 2, 3, -4]), ("", []), (".5.5", [0.5, 0.5]),
    ])
    func `points are pairs of numbers`(text: String, expected: [Double]) throws {
        #expect(try parsePointList(text).flatMap { [$0.x, $0.y] } == expected)
    }

    @Test(arguments: [
        ("1,2 3", "the list of points ends; expected a y coordinate"),
        ("1,2 x", "the list of points has \"x\" at character 5; expected a number"),
        ("1 y", "the list of points has \"y\" at character 3; expected a y coordinate"),
        ("1,2,", "the list of points has \",\" at character 4; expected a number"),
        (",1 2", "the list of points has \",\" at character 1; expected a number"),
    ])
    func `points that are not pairs are refused`(text: String, message: String) {
        #expect(complaint { _ = try parsePointList(text) } == message)
    }
}
