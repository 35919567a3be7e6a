import SpecCore
import Testing

/// Members whose names or rules meet those of their neighbours.
@Suite struct NeighbourTests {
    @Test(arguments: [
        #""object":"a","objectValue":"b","objectValueValue":"c""#, #""value":1,"valueValue":2"#, #""inout":"a""#,
        #""next":{"undeclared":1},"boxedNext":"b""#, #""é":"a","e\u0301":5"#, #""other":1,"é2":1"#,
        #""ö":1,"o\u0308":2"#, #""nodes":[{"children":[]}]"#, #""equivalent":"e\u0301""#, #""word":"a""#,
        #""number":7"#, #""number":7.0"#, #""listed":1"#, #""few":7"#, #""short":"ab""#, #""large":9007199254740992"#,
        #""large":9007199254740992.0"#, #""whole":1e300"#, #""whole":1.000"#, #""half":1e308"#, #""half":-0.5"#,
        #""exact":9007199254740993"#, #""exact":90071992547409930e-1"#, #""exactly":1e-1"#,
        #""exactly":9007199254740993.50"#, #""set":[9007199254740993.0,9007199254740992]"#, #""integer":3"#,
        #""integer":9223372036854775806.0"#, #""kind":{"t":"side"}"#, #""kind":{"t":"run","uri":"u"}"#,
    ])
    func takesWhatTheSchemaAllows(member: String) {
        #expect(Self.violations(#"{"undeclared":null,\#(member)}"#) == [])
    }

    @Test(arguments: [
        (#""word":"dog""#, "/word enum"), (#""listed":2"#, "/listed enum"), (#""listed":3"#, "/listed enum"),
        (#""listed":null"#, "/listed type"), (#""number":0.5"#, "/number type"), (#""few":1"#, "/few enum"),
        (#""short":"abc""#, "/short max-length"), (#""short":"""#, "/short min-length"),
        (#""large":9007199254740993"#, "/large maximum"), (#""large":9007199254740992.5"#, "/large maximum"),
        (#""whole":1.0000000000000002"#, "/whole multiple-of"), (#""whole":1e-400"#, "/whole multiple-of"),
        (#""half":0.25"#, "/half multiple-of"), (#""exact":9007199254740992"#, "/exact const"),
        (#""exactly":0.1000000000000000055"#, "/exactly enum"), (#""set":[0.1,1e-1]"#, "/set unique-items"),
        (#""integer":0"#, "/integer minimum"), (#""integer":2"#, "/integer multiple-of"),
        (#""e\u0301":"a""#, "/e\u{301} type"), (#""é":5"#, "/é type"), (#""kind":{"t":"run"}"#, "/kind/uri required"),
        (#""twice":"c""#, "/twice enum"),
    ])
    func refusesWhatTheSchemaDoesNotAllow(member: String, violation: String) {
        #expect(Self.violations(#"{"undeclared":null,\#(member)}"#)?.first == violation)
    }

    @Test func requiresMembersWithoutAProperty() {
        #expect(Self.violations("{}") == ["/undeclared required"])
    }

    @Test func appliesNoDefaultThatBreaksItsSchema() throws {
        #expect(try #require(Self.value(#"{"undeclared":1}"#)).broken == nil)
    }

    @Test func readsIntegersByTheirDigits() throws {
        let value = try #require(Self.value(#"{"undeclared":1,"integer":9007199254740993.0}"#))
        #expect(value.integer == 9_007_199_254_740_993)
    }

    private static func value(_ text: String) -> Neighbours? {
        var violations = Violations()
        return try? Array(text.utf8).withUnsafeBufferPointer {
            try JSONReader.decode(Neighbours.self, from: $0, &violations)
        }
    }

    /// The pointer and code of each violation, or nil if the text is not valid JSON.
    private static func violations(_ text: String) -> [String]? {
        var violations = Violations()
        let read: Void? = try? Array(text.utf8).withUnsafeBufferPointer {
            _ = try JSONReader.decode(Neighbours.self, from: $0, &violations)
        }
        return read.map {
            violations.list.map { if case .pointer(let text) = $0.place { "\(text) \($0.code)" } else { $0.code } }
        }
    }
}
