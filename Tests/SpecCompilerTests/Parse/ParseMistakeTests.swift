import Testing

@testable import SpecCompiler

/// Texts that are not valid YAML or not a spec document, and the first line of the diagnostics of each.
@Suite struct ParseMistakeTests {
    private static let head = "openapi: 3.1.0\ninfo:\n  title: T\n  version: '1'\n"

    @Test(arguments: [
        ("", "1:1: error: the document is empty; a mapping is expected [empty-document]"),
        ("  \n\n", "1:1: error: the document is empty; a mapping is expected [empty-document]"),
        ("# only words\n", "1:1: error: the document is empty; a mapping is expected [empty-document]"),
        ("null\n", "1:1: error: the document is null; a mapping is expected [document-root]"),
        ("- a\n", "1:1: error: the document is a list; a mapping is expected [document-root]"),
        ("hello\n", "1:1: error: the document is text; a mapping is expected [document-root]"),
        ("5\n", "1:1: error: the document is an integer; a mapping is expected [document-root]"),
        (
            head + "---\na: 1\n",
            "5:1: error: a second document begins here; a file of the spec can contain only one [many-documents]"
        ),
        (head + "paths:\n\t/a: {}\n", "6:1: error: a tab cannot be used for indentation [yaml-syntax]"),
        (
            head + "paths: {}\n   tags: []\n",
            "6:4: error: this line does not fit the mapping it stands in [yaml-syntax]"
        ),
        (
            "openapi: 3.1.0\ninfo:\n  title: T\n version: '1'\n",
            "4:2: error: this line does not fit the mapping it stands in [yaml-syntax]"
        ),
        (head + "paths: *nope\n", "5:8: error: the anchor '&nope' is not defined before this alias [unknown-anchor]"),
        (head + "a: &a [*a]\n", "5:8: error: the alias '*a' is inside the value that it refers to [alias-cycle]"),
        (head + "info: {}\n", "5:1: error: the key 'info' is declared twice [duplicate-key]"),
        ("a: \"b\u{0}c\"\n", "1:6: error: the file contains a NUL byte [encoding]"),
        ("a: \"\u{7}\"\n", "1:5: error: the file contains the control character U+0007 [encoding]"),
        ("a: \"b\n", "1:4: error: the quoted text that begins here is not closed [yaml-syntax]"),
        ("a: b: c\n", "1:5: error: a ':' is not allowed here [yaml-syntax]"),
        ("a: @b\n", "1:4: error: a value cannot begin with '@' [yaml-syntax]"),
        ("a: [b\n", "1:6: error: a ',' or a ']' is expected here [yaml-syntax]"),
        ("a: {b: c\nd: e\n", "2:2: error: a ',' or a '}' is expected here [yaml-syntax]"),
        ("a: !!str 5\n", "1:4: error: the tag 'tag:yaml.org,2002:str' is not allowed"),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", "3:3: error: merge keys ('<<') are not part of YAML 1.2 [merge-key]"),
        ("a: \"\\q\"\n", "1:5: error: this escape sequence is not valid [yaml-syntax]"),
        ("true: 1\n", "1:1: error: a key must be text, not a boolean [key-type]"),
        ("? [a]\n: 1\n", "1:3: error: a key must be text, not a list [key-type]"),
        ("a: 1\nb\n", "2:1: error: this is neither 'key: value' nor a list item [yaml-syntax]"),
        ("a: - b\n", "1:4: error: a list item is not allowed here [yaml-syntax]"),
        ("日本: \"é\" x\n", "1:9: error: "),
    ])
    func pointsAtTheCharacter(text: String, said: String) {
        #expect(findings(text).hasPrefix("spec/openapi.yaml:" + said))
    }

    @Test(arguments: [
        ("{", "1:2: error: "), ("{\"a\": 1,}", "1:9: error: "), ("{\"a\": 01}", "1:7: error: "),
        ("{\"a\": \"\t\"}", "1:8: error: "), ("{\"a\": 1, \"a\": 2}", "1:10: error: the key 'a' is declared twice"),
        ("{\"a\": nul}", "1:7: error: "), ("{} {}", "1:4: error: "), ("[1]", "1:1: error: the document is a list"),
        ("", "1:1: error: the document is empty"), ("{\"a\": \"\\ud800\"}", "1:8: error: "),
    ])
    func pointsAtTheCharacterOfJSON(text: String, said: String) {
        #expect(findings(text, path: "spec/openapi.json").hasPrefix("spec/openapi.json:" + said))
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4: error: the byte 0xFF is not valid UTF-8 here [encoding]"),
            ([0x61, 0x3A, 0x20, 0xC3, 0x28], "1:4: error: the byte 0xC3 is not valid UTF-8 here [encoding]"),
            ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], "1:4: error: the byte 0xED is not valid UTF-8 here [encoding]"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1: error: the file is UTF-16; only UTF-8 is supported [encoding]"),
        ] as [([UInt8], String)])
    func refusesOtherEncodings(bytes: [UInt8], said: String) {
        #expect(findings(bytes: bytes).hasPrefix("spec/openapi.yaml:" + said))
    }

    @Test func showsWhereAQuotationBegan() {
        #expect(
            findings("a: \"b\nc: \"d\"\n") == """
                spec/openapi.yaml:2:5: error: the value ends before this [yaml-syntax]
                    2 | c: "d"
                      |     ^
                spec/openapi.yaml:1:4: note: the quotation that ends on this line begins here
                    1 | a: "b
                      |    ^~
                help: quote the whole value
                1 error

                """)
    }

    @Test(arguments: [
        "- 'a\n- 'b'\n", "a: {b: \"c,\n  d: \"e\"}\n", "a:\n  - \"b\n  - \"c\": d\n", "a: ['b,\n 'c']\n",
        "'a: b\nc: 'd'\n",
    ])
    func showsWhereAQuotationBeganAnywhere(text: String) {
        #expect(findings(text).contains("note: the quotation that ends on this line begins here"))
    }

    @Test func doesNotBlameAQuotationThatIsClosed() {
        #expect(!findings("a: \"b\n  c\"\nd: e: f\n").contains("note:"))
    }

    @Test(arguments: ["a: {$ref: #/b/c}\nd: e\n", "a: [{$ref: #/b/c}]\n", "a: {x: 1,\n  '$ref': #/b/c\n"])
    func refusesPointersThatAreComments(text: String) {
        let said = findings(text)
        #expect(said.contains("error: the $ref is empty: a '#' behind a space begins a comment [ref-form]\n"))
        #expect(said.hasSuffix("help: quote it: $ref: '#/b/c'\n1 error\n"))
    }

    @Test func countsColumnsInCharacters() {
        let text = "日本語: {a: 'é😀', a: c}\n"
        #expect(
            findings(text) == """
                spec/openapi.yaml:1:16: error: the key 'a' is declared twice [duplicate-key]
                    1 | 日本語: {a: 'é😀', a: c}
                      |                ^
                spec/openapi.yaml:1:7: note: first declared here
                    1 | 日本語: {a: 'é😀', a: c}
                      |       ^
                1 error

                """)
    }

    @Test func doesNotCountByteOrderMarkAndCarriageReturn() {
        #expect(findings("\u{FEFF}a: 1\r\na: 2\r\n").hasPrefix("spec/openapi.yaml:2:1: error: the key 'a'"))
        #expect(findings("\u{FEFF}a: 1\r\na: 2\r\n").contains("    2 | a: 2\n      | ^\n"))
    }
}
