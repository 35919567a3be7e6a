import SpecCompiler
import TestSupport
import Testing

/// Mutated patterns: each is compiled or refused at a place inside of it, and a compiled one matches any text.
@Suite struct PatternFuzzTests {
    @Test(.timeLimit(.minutes(12))) func patternsAreCompiledOrRefusedAtTheirPlace() async {
        let samples = [
            "^(?:a|b)*c{2,3}$", "^[^\\u0000]*$", "\\d+(\\.\\d+)?", "^[\\w.-]+@[a-zé-ü]{2,}$", "(x|^y|z$)",
            "\\u{1F600}\\x41\\cA",
            "[\\]\\-a-z]", "^(a+)+b$",
        ].map { Array($0.utf8) }
        let tokens = [
            "(?:", "(?=", "(?<n>", ")", "[^", "]", "{2,3}", "{9}", "*", "+?", "\\b", "\\1", "\\u{", "\\p{L}", "|",
            "^", "$", "\\",
            "😀",
        ]
        // A long pattern takes milliseconds to compile.
        await Fuzzer.run("patterns", samples: samples, tokens: tokens, bytesMax: 16) { input, seed in
            let source = String(decoding: input, as: UTF8.self)
            switch PatternCompiler.compile(source) {
            case .success(let pattern): _ = pattern.matches(source)
            case .failure(let error):
                #expect(
                    (0...source.unicodeScalars.count).contains(error.offset), "SEED=\(seed) \(source.debugDescription)")
            }
        }
    }
}
