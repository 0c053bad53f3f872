import JSONText

/// The HTML page of a report: the template, styles, and scripts in this folder, and the report's data.
enum ReportPage {
    /// Returns the page with the data that `write` writes, a JSON object.
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

    /// All style sheets; in case of conflict, later ones take precedence.
    private static var style: [UInt8] {
        PackageResources.base_css + PackageResources.charts_css + PackageResources.tables_css
            + PackageResources.gallery_css + PackageResources.viewer_css + PackageResources.print_css
    }

    /// All modules, each after those that it imports.
    static var modules: ScriptModules {
        var modules = ScriptModules()
        modules.add("elements", PackageResources.elements_js)
        modules.add("numbers", PackageResources.numbers_js)
        modules.add("decoding", PackageResources.decoding_js)
        modules.add("buckets", PackageResources.buckets_js)
        modules.add("theme", PackageResources.theme_js)
        modules.add("charts", PackageResources.charts_js)
        modules.add("heatMap", PackageResources.heatMap_js)
        modules.add("maskImage", PackageResources.maskImage_js)
        modules.add("pairImage", PackageResources.pairImage_js)
        modules.add("metrics", PackageResources.metrics_js)
        modules.add("zoom", PackageResources.zoom_js)
        modules.add("viewer", PackageResources.viewer_js)
        modules.add("gallery", PackageResources.gallery_js)
        modules.add("maskDetails", PackageResources.maskDetails_js)
        modules.add("maskGallery", PackageResources.maskGallery_js)
        modules.add("datasetSections", PackageResources.datasetSections_js)
        modules.add("diffSections", PackageResources.diffSections_js)
        modules.add("main", PackageResources.main_js)
        return modules
    }

    /// Returns the template with its marks replaced, in their order; the replacements are not searched for marks.
    static func assemble(_ template: [UInt8], _ replacements: [(mark: String, bytes: [UInt8])]) -> [UInt8] {
        var page: [UInt8] = []
        var rest = template[...]
        for (mark, bytes) in replacements {
            guard let range = rest.firstRange(of: Array(mark.utf8)) else { continue }
            page += rest[..<range.lowerBound]
            page += bytes
            rest = rest[range.upperBound...]
        }
        return page + rest
    }

    /// Returns JSON that is safe in a script element: without `<`, which could end the element or start a comment. JSON
    /// has it only in strings.
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(json.count)
        for byte in json {
            if byte == UInt8(ascii: "<") { escaped += Array("\\u003c".utf8) } else { escaped.append(byte) }
        }
        return escaped
    }
}
