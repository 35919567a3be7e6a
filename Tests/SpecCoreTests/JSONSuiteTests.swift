import Foundation
import SpecCore
import Testing

/// The JSON parsing suite (see its LICENSE): y_ must be accepted, n_ must be rejected.
@Suite struct JSONSuiteTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Suites/json-parsing").path

    static func names(_ prefix: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    private func isTaken(_ name: String) throws -> Bool {
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: Self.folder + "/" + name)))
        return JSON.value(bytes) != nil
    }

    /// The suite allows either or accepts these; this server rejects input that clients could read in two ways.
    private static let refusedByContract: Set = [
        "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
    ]

    private static let overflows: Set = [
        "i_number_huge_exp.json", "i_number_real_neg_overflow.json", "i_number_real_pos_overflow.json",
    ]

    @Test(arguments: names("y_"))
    func takesWhatIsJSON(name: String) throws {
        #expect(try isTaken(name) == !Self.refusedByContract.contains(name))
    }

    @Test(arguments: names("n_"))
    func refusesWhatIsNoJSON(name: String) throws {
        #expect(try !isTaken(name))
    }

    @Test(arguments: names("i_"))
    func decidesWhatTheStandardLeavesOpen(name: String) throws {
        // Numbers are accepted if a double is near them.
        let isTaken = name.hasPrefix("i_number") && !Self.overflows.contains(name)
        #expect(try self.isTaken(name) == isTaken)
    }

    @Test func hasTheWholeSuite() {
        #expect(Self.names("y_").count == 56)
        #expect(Self.names("n_").count == 133)
    }
}

/// Reads and writes JSON in tests.
enum JSON {
    static func value(_ bytes: [UInt8]) -> JSONValue? {
        var violations = Violations()
        return bytes.withUnsafeBufferPointer { try? JSONReader.decode(JSONValue.self, from: $0, &violations) }
    }

    static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(capacity: 1)
        write(&json)
        return json.text()
    }

    /// The value that a closure reads, and the violations as `pointer code`.
    static func read<Value>(
        _ text: String, _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws -> (value: Value?, violations: [String]) {
        var violations = Violations()
        let value = try Array(text.utf8).withUnsafeBufferPointer {
            try JSONReader.decode(from: $0, &violations, read)
        }
        return (value, violations.list.map { "\($0.place) \($0.code)" })
    }
}
