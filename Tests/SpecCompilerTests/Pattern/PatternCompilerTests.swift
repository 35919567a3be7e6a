import SpecCompiler
import Testing

/// Compiled patterns: their matches, and the errors for unsupported ones.
@Suite struct PatternCompilerTests {
    @Test(arguments: [
        ("", ["", "x"], []),
        ("a", ["a", "ba", "xay"], ["", "b"]),
        ("^a", ["a", "ab"], ["ba", ""]),
        ("a$", ["a", "ba"], ["ab"]),
        ("^a$", ["a"], ["aa", ""]),
        ("^(a|bc)+$", ["a", "bca", "abc"], ["", "b", "abcb"]),
        ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]),
        ("^a{2}$", ["aa"], ["a", "aaa"]),
        ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
        ("^[^\\u0000]*$", ["", "abc", "ä\u{1F600}"], ["a\u{0}", "\u{0}"]),
        ("^[a-z0-9_-]+$", ["a-b_9"], ["", "A", "a b"]),
        ("^\\d{4}-\\d\\d$", ["2026-11"], ["202-11", "2026-1x"]),
        ("^.$", ["a", "é", "\u{1F600}", "\u{2027}"], ["", "\n", "ab", "\u{2028}"]),
        ("^[ä-ü]$", ["ä", "ö", "ü"], ["a", "ý"]),
        ("^\\u{1F600}$", ["\u{1F600}"], ["\u{1F601}"]),
        ("^\\uD83D\\uDE00$", ["\u{1F600}"], ["x"]),
        ("^\\w+\\s\\w+$", ["a b", "a\u{A0}b"], ["ab"]),
        ("^\\W$", ["é", "-"], ["a", "_"]),
        ("^(?:a)(?<n>b)?$", ["a", "ab"], ["b"]),
        ("^(a+)+b$", ["aaab"], ["aaaa"]),
        ("x|^y|z$", ["ax", "ya", "az"], ["ay", "za"]),
        ("(^|,)a(,|$)", ["a", "b,a", "a,b"], ["ba", "ab"]),
        ("^\\/\\.\\*$", ["/.*"], ["abc"]),
        ("[\\b]", ["\u{8}"], ["b"]),
        ("^\\x41\\cA$", ["A\u{1}"], ["A"]),
        ("^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*$", ["ada@example.org", "a@b"], ["@b", "a@", "a@b."]),
        ("$^", [""], ["a"]),
        ("a^", [], ["a", "ba", ""]),
    ])
    func matchesAsECMAScriptDoes(source: String, welcomes: [String], rejections: [String]) throws {
        let pattern = try PatternCompiler.compile(source).get()
        for text in welcomes { #expect(pattern.matches(text), "\(source) on \(text.debugDescription)") }
        for text in rejections { #expect(!pattern.matches(text), "\(source) on \(text.debugDescription)") }
    }

    @Test(arguments: [
        ("(a", "this group is not closed", 0), ("a)", "this ')' does not close a group", 1),
        ("[a", "this character class is not closed", 0), ("*a", "nothing to repeat", 0),
        ("a**", "nothing to repeat", 2),
        ("(a)\\1", "back-references are not supported", 3),
        ("(?=a)", "look-ahead is not supported", 0),
        ("x(?<!a)", "look-behind is not supported", 1),
        ("[z-a]", "the ends of this range are in the wrong order", 1),
        ("[\\d-z]", "a range must go from one character to another", 1),
        ("a{3,2}", "the numbers of a quantifier are in the wrong order", 6),
        ("{", "'{' must be escaped: \\{", 0), ("\\", "nothing follows the backslash", 0),
        ("\\y", "the escape \\y is not supported", 0), ("\\u12", "expected 4 hexadecimal digits", 0),
        ("\\ud800", "half of a surrogate pair is missing", 0), ("\\bword", "word boundaries are not supported", 0),
        ("\\p{L}", "\\p{…} is not supported; write the ranges", 0), ("^*", "an anchor cannot be repeated", 0),
        ("a{99999}", "a repetition can count to 10000 at most", 2),
    ])
    func refusesWithItsPlace(source: String, message: String, offset: Int) {
        guard case .failure(let error) = PatternCompiler.compile(source) else {
            Issue.record("\(source) was taken")
            return
        }
        #expect(error.message == message)
        #expect(error.offset == offset)
    }

    @Test(arguments: ["^(a|b){1000}{1000}$", "(.*a){2,100}.{200}b", "^.{1,4096}$"])
    func refusesPatternsThatNeedTooMuchWithinASecond(source: String) {
        let start = ContinuousClock.now
        guard case .failure = PatternCompiler.compile(source) else {
            Issue.record("\(source) was taken")
            return
        }
        #expect(start.duration(to: .now) < .seconds(5))
    }
}
