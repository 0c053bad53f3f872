import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

/// Every number of both formats at its limits, beyond them, and broken: a mask or an error, and no trap.
@Suite struct NumberLimitTests {
    static let numbers = [
        "0", "-0", "-0.0", "1", "-1", "0.005", "0.01", "1e-320", "5e-324", "1e-400", "0.1e1", "10000000",
        "10000000.004",
        "-10000000.5", "1000000", "1000001", "2147483648", "4294967296", "9007199254740991", "9007199254740992",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615", "18446744073709551616", "1e19", "1e30", "1e154", "1e155", "1e300", "1e308",
        "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "1e400", "-1e400", "1e99999999999999999999", "NaN",
        "nan", "inf", "-inf", "Infinity", "", " ", "+", "-", ".", "+.5", "1e", "0x10", "1_000", "٣", "1,5", "--1",
        String(repeating: "9", count: 400), "0." + String(repeating: "0", count: 400) + "1",
    ]

    private static func sourced(_ source: String) -> String {
        #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[{"width":1,"points":[[1,1]],"source":\#(source)}]}"#
    }

    @Test(arguments: numbers)
    func `a number in JSON is read or refused`(number: String) throws {
        let places = [
            #"{"format":"qd-imd-mask/1","canvas":[#,9],"strokes":[]}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[],"index":#}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[],"upscale":#}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[],"width_factor":#}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[],"hole_ratio":#}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[],"unknown":#}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[{"width":#,"points":[[1,1]]}]}"#,
            #"{"format":"qd-imd-mask/1","canvas":[9,9],"strokes":[{"width":1,"points":[[#,1],[1,#]]}]}"#,
            Self.sourced(##"{"word":"x","key_id":"#","stroke":0}"##),
            Self.sourced(#"{"word":"x","key_id":"1","stroke":#}"#),
            Self.sourced(#"{"word":"x","key_id":"1","stroke":1,"transform":[#,1,1,1,1,#]}"#),
        ]
        for place in places {
            let text = place.replacing("#", with: number)
            guard let record = try? MaskRecord(json: text) else { continue }
            // What is read can be written, and is the same when it is read again.
            let again = try MaskRecord(json: record.json)
            #expect(again.mask.canvas == record.mask.canvas && again.index == record.index, "\(text)")
            #expect(again.mask.strokes.map(\.path) == record.mask.strokes.map(\.path), "\(text)")
            #expect(again.mask.strokes.map(\.width) == record.mask.strokes.map(\.width), "\(text)")
            #expect((again.upscale == nil) == (record.upscale == nil), "\(text)")
            #expect((again.widthFactor == nil) == (record.widthFactor == nil), "\(text)")
        }
    }

    @Test(arguments: numbers)
    func `a number in SVG is read or refused`(number: String) throws {
        let elements =
            [
                "<path d='M#,1L2 #' stroke-width='2'/>", "<path d='M1 1h#v#l# 1z'/>",
                "<path d='M1 1h3' stroke-width='#'/>",
                "<path d='M1 1h3' style='stroke-width:#mm;opacity:#'/>", "<path d='M1 1h3' stroke-opacity='#%'/>",
                "<polyline points='#,1 1,#'/>", "<line x1='#' y2='#in'/>", "<path d='M1 1h3' stroke='rgb(#,#,#)'/>",
                "<path d='M1 1h3' stroke='rgba(255 255 255/#)'/>", "<rect x='#' y='#%' width='#' height='#'/>",
            ]
            + [
                "translate(#)", "scale(#)", "scale(1,#)", "rotate(#)", "rotate(#,#,#)", "skewX(#)",
                "matrix(# # # # # #)",
            ]
            .map { "<g transform='\($0)'><path d='M1 1h3' stroke-width='2'/></g>" }
        let documents =
            elements.map { brushDocument($0) }
            + [
                "width='#' height='#'", "width='#mm' height='9'", "viewBox='# # # #'", "width='#' viewBox='0 0 9 #'",
                "width='9' height='9' viewBox='# 0 # 9'",
            ].map { "<svg xmlns='http://www.w3.org/2000/svg' \($0) \(brush)><path d='M1 1h3'/></svg>" }
        for document in documents {
            let text = document.replacing("#", with: number).replacing(
                "stroke=\"\(number)fff\"", with: "stroke=\"#fff\"")
            guard let mask = try? VectorMask(svg: Array(text.utf8)) else { continue }
            for stroke in mask.strokes {
                #expect(stroke.width >= BrushStroke.minimumWidth && stroke.width <= BrushStroke.limit, "\(text)")
                #expect(
                    stroke.path.points.allSatisfy {
                        $0.x.magnitude <= BrushStroke.limit && $0.y.magnitude <= BrushStroke.limit
                    }, "\(text)")
            }
        }
    }
}
