import JSONText

/// The page that every report is: its parts stand in `Page/`, its data are written into it.
enum ReportPage {
    /// The page with the data that `write` writes: one JSON object.
    ///
    /// - Complexity: O(bytes)
    static func bytes(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        write(&json)
        return assemble(
            PackageResources.page_html,
            [
                ("{{style}}", style), ("{{data}}", escaped(json.bytes)),
                ("{{script}}", Array(modules.script.utf8)),
            ])
    }

    /// All rules; where two contradict each other, the later one holds.
    private static var style: [UInt8] {
        PackageResources.frame_css + PackageResources.charts_css + PackageResources.tables_css
            + PackageResources.gallery_css + PackageResources.viewer_css + PackageResources.paper_css
    }

    /// All modules, each behind those that it imports.
    static var modules: ScriptModules {
        var modules = ScriptModules()
        modules.add("elements", PackageResources.elements_js)
        modules.add("numbers", PackageResources.numbers_js)
        modules.add("code", PackageResources.code_js)
        modules.add("buckets", PackageResources.buckets_js)
        modules.add("theme", PackageResources.theme_js)
        modules.add("charts", PackageResources.charts_js)
        modules.add("heat", PackageResources.heat_js)
        modules.add("drawing", PackageResources.drawing_js)
        modules.add("pair", PackageResources.pair_js)
        modules.add("metrics", PackageResources.metrics_js)
        modules.add("zoom", PackageResources.zoom_js)
        modules.add("viewer", PackageResources.viewer_js)
        modules.add("gallery", PackageResources.gallery_js)
        modules.add("mask", PackageResources.mask_js)
        modules.add("masks", PackageResources.masks_js)
        modules.add("dataset", PackageResources.dataset_js)
        modules.add("diff", PackageResources.diff_js)
        modules.add("main", PackageResources.main_js)
        return modules
    }

    /// The template with each mark, in their order in it, replaced. What is put in is not searched for marks.
    static func assemble(_ template: [UInt8], _ parts: [(mark: String, bytes: [UInt8])]) -> [UInt8] {
        var page: [UInt8] = []
        var rest = template[...]
        for (mark, bytes) in parts {
            guard let range = rest.firstRange(of: Array(mark.utf8)) else { continue }
            page += rest[..<range.lowerBound]
            page += bytes
            rest = rest[range.upperBound...]
        }
        return page + rest
    }

    /// JSON as it may stand in a script element: without any `<`, which could end it or begin a comment. It is only in
    /// strings that JSON has one.
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(json.count)
        for byte in json {
            if byte == UInt8(ascii: "<") { escaped += Array("\\u003c".utf8) } else { escaped.append(byte) }
        }
        return escaped
    }
}
