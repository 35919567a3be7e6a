import SpecCore
import Testing

/// Code generated from a spec with the most unusual names and types.
///
/// Most of the test is that it compiles without warnings: schemas called `Output` and `DefaultService`, members
/// called `init`, `json` and `日本`, enums with a case `none`, operations without `operationId`.
@Suite struct GeneratedTests {
    @Test(arguments: [
        "", #""mark":null"#, #""mark":"a""#, #""member":2.5"#, #""member":1.0"#, #""member":null"#,
        #""additional":null"#, #""violations":"a\"b\\c\u0000""#, #""value":"abc""#, #""value":null"#, #""value":5"#,
        #""name":[]"#, #""name":{"x":1}"#, #""name":null"#, #""found":{"a":{}}"#, #""found":null"#, #""union":null"#,
        #""union":5"#, #""present":"AAAA""#, #""key":{}"#, #""init":null"#, #""json":null"#, #""json":["a"]"#,
        #""object":{"a":3}"#, #""Type":[1,"a"]"#, #""kind":{"a":"x"}"#, #""read":null"#, #""read":"none""#,
        #""other":5"#, #""other":["x"]"#, #""日本":"x""#, #""a b":-5"#, #""":"x""#, #""1x":0.1"#,
    ])
    func takesWhatTheSchemaAllows(member: String) {
        #expect(Self.read(member)?.isEmpty == true)
    }

    @Test(arguments: [
        (#""mark":"b""#, "/mark", "enum"), (#""member":3"#, "/member", "enum"),
        (#""additional":1"#, "/additional", "const"), (#""violations":"a""#, "/violations", "const"),
        (#""value":"abcd""#, "/value", "max-length"), (#""name":1.5"#, "/name", "any-of"),
        (#""found":{}"#, "/found/a", "required"), (#""present":"A""#, "/present", "format"),
        (#""key":[]"#, "/key", "type"), (#""json":[1]"#, "/json/0", "type"),
        (#""object":{"a":2}"#, "/object/a", "minimum"), (#""kind":{"b":"x"}"#, "/kind", "one-of"),
        (#""read":"x""#, "/read", "enum"), (#""other":"x""#, "/other", "one-of"),
        (#""1x":0"#, "/1x", "exclusive-minimum"), (#""a b":2147483648"#, "/a b", "format"),
        (#""a-b":1.5"#, "/a-b", "type"),
    ])
    func refusesWhatTheSchemaDoesNotAllow(member: String, pointer: String, code: String) {
        #expect(Self.read(member)?.first == "\(pointer) \(code)")
    }

    @Test func readsOnlyOneSideOfASchema() {
        #expect(Self.violations(#"{"a":{"secret":"s"}}"#) == [])
        #expect(Self.violations(#"{"a":{"id":"x"}}"#) == ["/a/id read-only"])
    }

    @Test func fillsDefaults() throws {
        let value = try #require(Self.value(#"{"a":{}}"#))
        #expect(value.aB == 1)
        #expect(value.write == .none)
        #expect(value.write.rawValue == "none")
        #expect(value.let.map(\.rawValue) == ["a"])
    }

    @Test(arguments: [99, 200, 404, 600, 204, 304, 403])
    func refusesStatusesThatAreDeclaredElsewhereOrNowhere(status: Int) {
        #expect(throws: (any Error).self) {
            try PostAInSelf.encode(.default(status: status, .empty))
        }
        #expect(throws: (any Error).self) {
            try PostAInSelf.encode(.clientError(status: status == 403 ? 500 : status, ErrorModel()))
        }
    }

    @Test func sendsStatusesOfTheirRange() throws {
        #expect(try PostAInSelf.encode(.default(status: 500, .empty)).status == 500)
        #expect(try PostAInSelf.encode(.clientError(status: 403, ErrorModel())).status == 403)
    }

    @Test func namesOperationsByMethodAndPath() {
        #expect(GetOperation.operation.id == "get")
        #expect(PostAInSelf.operation.path == "/a/{in}/{self}")
    }

    private static func read(_ member: String) -> [String]? {
        violations(#"{"a":{}"# + (member.isEmpty ? "" : "," + member) + "}")
    }

    private static func value(_ text: String) -> InputInput? {
        var violations = Violations()
        return try? Array(text.utf8).withUnsafeBufferPointer {
            try JSONReader.decode(InputInput.self, from: $0, &violations)
        }
    }

    /// The pointer and code of each violation, or nil if the text is not valid JSON.
    private static func violations(_ text: String) -> [String]? {
        var violations = Violations()
        let read: Void? = try? Array(text.utf8).withUnsafeBufferPointer {
            _ = try JSONReader.decode(InputInput.self, from: $0, &violations)
        }
        return read.map { violations.list.map { "\(pointer($0)) \($0.code)" } }
    }

    private static func pointer(_ violation: Violation) -> String {
        if case .pointer(let text) = violation.place { text } else { "" }
    }
}
