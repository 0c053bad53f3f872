/// Combines JavaScript modules into one script, for pages that are opened from a disk, where browsers load no modules.
///
/// Each module becomes a function that is called at once and returns the module's exports, so other names remain local.
/// Only the syntax that our files need is supported: an import is a single line `import { a, b } from "./name.js";`, and
/// an export is a line that starts with `export function`, `export class`, or `export const`.
struct ScriptModules: Hashable, Sendable {
    private(set) var script = ""

    /// Adds a module, after those that it imports.
    mutating func add(_ name: String, _ source: [UInt8]) {
        var exported: [Substring] = []
        script += "const \(name)Module = (() => {\n"
        for line in String(decoding: source, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("import "), let (names, module) = Self.imported(by: line) {
                script += "const \(names) = \(module)Module;\n"
            } else if line.hasPrefix("export ") {
                let declaration = line.dropFirst("export ".count)
                exported += Self.declaredName(declaration)
                script += declaration + "\n"
            } else {
                script += line + "\n"
            }
        }
        script += "return { \(exported.joined(separator: ", ")) };\n})();\n"
    }

    /// Returns `{ a, b }` and `name` for `import { a, b } from "./name.js";`.
    private static func imported(by line: Substring) -> (names: Substring, module: Substring)? {
        guard let open = line.firstIndex(of: "{"), let close = line.firstIndex(of: "}"),
            let slash = line.lastIndex(of: "/"), let dot = line.lastIndex(of: "."), slash < dot
        else { return nil }
        return (line[open...close], line[line.index(after: slash)..<dot])
    }

    /// Returns `a` for `function a(b) {`; empty if there is no name.
    private static func declaredName(_ declaration: Substring) -> ArraySlice<Substring> {
        declaration.split { !($0.isLetter || $0.isNumber || $0 == "_") }.dropFirst().prefix(1)
    }
}
