import JSONText

/// The page that every report is: its parts stand in `Page/`, its data are written into it.
///
/// The script is several modules in files of their own. A page that opens from a disk cannot load modules, so they are
/// joined to one: each `import` line is left out, and each `export` before a declaration.
enum ReportPage {
    /// The modules, each behind those that it uses while it is loaded.
    private static var modules: [[UInt8]] {
        [
            PackageResources.elements_js, PackageResources.numbers_js, PackageResources.code_js,
            PackageResources.theme_js, PackageResources.charts_js, PackageResources.heat_js,
            PackageResources.drawing_js, PackageResources.zoom_js, PackageResources.viewer_js,
            PackageResources.gallery_js, PackageResources.dataset_js, PackageResources.diff_js,
            PackageResources.main_js,
        ]
    }

    /// The page with the data that `write` writes: one JSON object.
    ///
    /// - Complexity: O(bytes)
    static func bytes(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        write(&json)
        return assemble(
            PackageResources.page_html,
            [
                ("{{style}}", PackageResources.style_css),
                ("{{data}}", escaped(json.bytes)),
                ("{{script}}", joined(modules)),
            ])
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

    /// Modules as one script.
    static func joined(_ modules: [[UInt8]]) -> [UInt8] {
        let (importing, exporting) = (Array("import ".utf8), Array("export ".utf8))
        var script: [UInt8] = []
        for module in modules {
            for line in module.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                if line.starts(with: importing) { continue }
                script += line.starts(with: exporting) ? line.dropFirst(exporting.count) : line
                script.append(UInt8(ascii: "\n"))
            }
        }
        return script
    }
}
