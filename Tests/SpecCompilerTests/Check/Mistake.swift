import Testing

@testable import SpecCompiler

/// A mistake in a spec and all findings about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    /// The position of the text in an otherwise valid spec.
    enum Place: Sendable {
        /// The whole spec.
        case whole
        /// At the document's root, from line 5 on.
        case document
        /// A schema, from line 9 on, in column 7.
        case schema
        /// The same in OpenAPI 3.0.
        case schema30
        /// Below `paths`, from line 6 on, in column 3.
        case paths
        /// An operation, from line 8 on, in column 7; missing members are appended.
        case operation
    }

    let name: String
    let place: Place
    let text: String
    let found: String

    init(_ name: String, _ place: Place, _ text: String, found: String) {
        self.name = name
        self.place = place
        self.text = text
        self.found = found
    }

    var testDescription: String { name }

    private static let head = """
        openapi: 3.1.0
        info:
          title: T
          version: '1'

        """

    var spec: String {
        switch place {
        case .whole: text + "\n"
        case .document: Self.head + (text.contains("paths:") ? "" : "paths: {}\n") + text + "\n"
        case .schema: Self.head + "paths: {}\ncomponents:\n  schemas:\n    S:\n" + Self.indented(text, 6)
        case .schema30:
            "openapi: 3.0.3\n" + Self.head.dropFirst(15) + "paths: {}\ncomponents:\n  schemas:\n    S:\n"
                + Self.indented(text, 6)
        case .paths: Self.head + "paths:\n" + Self.indented(text, 2)
        case .operation: Self.head + "paths:\n  /a:\n    get:\n" + Self.indented(text + rest, 6)
        }
    }

    /// The members that complete the operation.
    private var rest: String {
        (text.contains("operationId:") ? "" : "\noperationId: a")
            + (text.hasPrefix("responses:") ? "" : "\nresponses:\n  '200':\n    description: D")
    }

    private static func indented(_ text: String, _ width: Int) -> String {
        let margin = String(repeating: " ", count: width)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n") + "\n"
    }
}

/// Every mistake that Check reports, with the whole text of its findings.
@Suite struct MistakeTests {
    @Test(arguments: Mistake.type) func refusesTypeMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.bound) func refusesBoundMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.combination) func refusesCombinationMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.pattern) func refusesPatternMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.example) func refusesExampleMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.oneError) func reportsMistakesOnce(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.document) func refusesDocumentMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.operation) func refusesOperationMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.parameter) func refusesParameterMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.answer) func refusesAnswerMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: Mistake.body) func refusesBodyMistakes(mistake: Mistake) {
        #expect(checkFindings(mistake.spec).joined(separator: "\n") == mistake.found)
    }

    @Test(arguments: [
        "not", "if", "contains", "patternProperties", "propertyNames", "dependentSchemas",
        "unevaluatedProperties", "prefixItems", "minProperties", "maxProperties", "$dynamicRef", "$anchor",
        "$id", "definitions",
    ]) func refusesKeywordThatNothingEnforces(keyword: String) {
        let mistake = Mistake("", .schema, "\(keyword): {}", found: "")
        let finding = checkFindings(mistake.spec).first { $0.contains("[keyword-unsupported]") }
        #expect(finding?.hasPrefix("9:7: error: '\(keyword)' is not enforced yet [keyword-unsupported]") == true)
    }
}
