import Testing

@testable import MaskReport

struct ScriptModulesTests {
    @Test func `a module returns its exports, and its other names remain local`() {
        var modules = ScriptModules()
        let first = "const hidden = 1;\nexport function one() {\n  return hidden;\n}\nexport class Two {}\n"
        modules.add("a", Array(first.utf8))
        modules.add("b", Array("import { one, Two } from \"./a.js\";\n\nexport const three = one();\n".utf8))
        #expect(
            modules.script == """
                const aModule = (() => {
                const hidden = 1;
                function one() {
                  return hidden;
                }
                class Two {}

                return { one, Two };
                })();
                const bModule = (() => {
                const { one, Two } = aModule;

                const three = one();

                return { three };
                })();

                """)
    }
}
