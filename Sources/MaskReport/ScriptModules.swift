/// Modules of JavaScript as one script, for a page that opens from a disk, where a browser loads no modules.
///
/// Each module becomes a function that is called at once and gives what the module exports: so its other names stay its
/// own. What is understood of the language is what our files need: an import is one line, `import { a, b } from
/// "./name.js";`, and what is exported begins a line with `export function`, `export class` or `export const`.
struct ScriptModules: Hashable, Sendable {
    private(set) var script = ""

    /// Adds a module, behind those that it imports.
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

    /// `{ a, b }` and `name` out of `import { a, b } from "./name.js";`.
    private static func imported(by line: Substring) -> (names: Substring, module: Substring)? {
        guard let open = line.firstIndex(of: "{"), let close = line.firstIndex(of: "}"),
            let slash = line.lastIndex(of: "/"), let point = line.lastIndex(of: "."), slash < point
        else { return nil }
        return (line[open...close], line[line.index(after: slash)..<point])
    }

    /// `a` out of `function a(b) {`; empty if there is none.
    private static func declaredName(_ declaration: Substring) -> ArraySlice<Substring> {
        declaration.split { !($0.isLetter || $0.isNumber || $0 == "_") }.dropFirst().prefix(1)
    }
}
