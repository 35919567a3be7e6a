import SpecCore
import Testing

/// Values and their rules, read from bytes.
@Suite struct JSONReaderTests {
    @Test(
        arguments: [
            ("1", 1), ("-0", 0), ("1.0", 1), ("1e2", 100), ("2147483647", 2_147_483_647),
            ("-2147483648", -2_147_483_648),
        ] as [(String, Int32)])
    func readsIntegersInEveryForm(text: String, value: Int32) throws {
        let read = try JSON.read(text) { json throws(JSONFault) -> Int32? in try json.integer(NumberRule<Int32>()) }
        #expect(read.value == value)
        #expect(read.violations == [])
    }

    @Test(arguments: [
        ("2147483648", "format"), ("1.5", "type"), ("\"1\"", "type"), ("1e99", "format"), ("0", "minimum"),
        ("11", "maximum"), ("null", "type"),
    ])
    func refusesIntegersOutsideTheirRule(text: String, code: String) throws {
        let read = try JSON.read(text) { json throws(JSONFault) -> Int32? in
            try json.integer(NumberRule<Int32>(minimum: 1, maximum: 10))
        }
        #expect(read.value == nil)
        #expect(read.violations == ["pointer(\"\") \(code)"])
    }

    @Test func countsCodePoints() throws {
        let rule = TextRule(minimum: 2, maximum: 2)
        for text in ["\"ab\"", "\"é\u{1F600}\"", "\"\\u00e9\\ud83d\\ude00\"", "\"\\n\\\"\""] {
            let read = try JSON.read(text) { json throws(JSONFault) -> String? in try json.text(rule) }
            #expect(read.violations == [], "\(text)")
        }
        for (text, code) in [("\"a\"", "min-length"), ("\"abc\"", "max-length")] {
            let read = try JSON.read(text) { json throws(JSONFault) -> String? in try json.text(rule) }
            #expect(read.violations == ["pointer(\"\") \(code)"])
        }
    }

    @Test func readsValuesWithTypesOfTheirOwn() throws {
        let id = try JSON.read("\"0190A6B2-7c4e-7b1a-9f3d-2f1c5e8a9b00\"") { j throws(JSONFault) in try j.identifier() }
        #expect(id.value?.description == "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00")
        let time = try JSON.read("\"2026-11-23T07:02:11.4821+01:00\"") { j throws(JSONFault) in try j.timestamp() }
        #expect(time.value?.description == "2026-11-23T06:02:11.482Z")
        let date = try JSON.read("\"2024-02-29\"") { j throws(JSONFault) in try j.date() }
        #expect(date.value?.description == "2024-02-29")
        let bytes = try JSON.read("\"aGk=\"") { j throws(JSONFault) in try j.base64() }
        #expect(bytes.value == Array("hi".utf8))
    }

    @Test(arguments: ["2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T25:00:00Z", "2026-11-23", "x"])
    func refusesTimesThatAreNone(text: String) throws {
        let time = try JSON.read("\"\(text)\"") { j throws(JSONFault) in try j.timestamp() }
        #expect(time.violations == ["pointer(\"\") format"])
    }

    @Test func pointsIntoListsAndMaps() throws {
        let read = try JSON.read("[{\"a/b\": 1, \"c~\": \"x\"}]") { json throws(JSONFault) -> [[String: Bool]]? in
            try json.array(ArrayRule(minimum: 2)) { json throws(JSONFault) -> [String: Bool]? in
                try json.dictionary { json throws(JSONFault) -> Bool? in try json.bool() }
            }
        }
        #expect(
            read.violations == [
                "pointer(\"/0/a~1b\") type", "pointer(\"/0/c~0\") type", "pointer(\"\") min-items",
            ])
    }

    @Test(arguments: [(16, false), (17, true)]) func saysThatThereIsMoreAlsoBehindAUnion(count: Int, isMore: Bool)
        throws
    {
        let text = "[" + String(repeating: "1,", count: count) + "true]"
        var violations = Violations()
        _ = try Array(text.utf8).withUnsafeBufferPointer { bytes in
            try JSONReader.decode(from: bytes, &violations) { json throws(JSONFault) -> [Bool]? in
                try json.array { json throws(JSONFault) -> Bool? in
                    var union = json.union()
                    _ = try json.attempt(&union) { json throws(JSONFault) -> String? in try json.text() }
                    let flag = try json.attempt(&union) { json throws(JSONFault) -> Bool? in try json.bool() }
                    return try json.finish(union, isExclusive: true) ? flag : nil
                }
            }
        }
        #expect(violations.count == 16)
        #expect(violations.isTruncated == isMore)
    }

    @Test func refusesItemsThatComeTwice() throws {
        for text in ["[1, 1.0]", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]"] {
            let read = try JSON.read(text) { json throws(JSONFault) -> [JSONValue]? in
                try json.array(ArrayRule(isUnique: true)) { json throws(JSONFault) -> JSONValue? in
                    try JSONValue.read(&json)
                }
            }
            #expect(read.violations == ["pointer(\"\") unique-items"])
        }
    }

    @Test func keepsSixteenViolations() throws {
        var violations = Violations()
        for number in 1...20 { violations.add(.pointer("/\(number)"), "type", "") }
        #expect(violations.count == 16)
        #expect(violations.isTruncated)
        #expect(violations.problem.code == .invalid)
    }

    @Test func endsAtTheDepthBound() {
        #expect(JSON.value(Array(String(repeating: "[", count: 100_000).utf8)) == nil)
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(JSON.value(Array(deep.utf8)) != nil)
    }
}
