import Testing

/// The rules for tests: the lines that they reject and those that they accept.
@Suite struct TestRulesTests {
    private static func objections(_ text: String) -> [String] {
        TestRules.objections(to: SourceFile(path: "Tests/A/File.swift", text: text))
    }

    @Test func refusesASuiteThatWaitsWithoutBound() {
        let suite = "import Testing\n@Suite struct A {\n    @Test func waits() async throws {\n    }\n}"
        #expect(Self.objections(suite) == ["Tests/A/File.swift:2: a suite with asynchronous tests needs a .timeLimit"])
        #expect(Self.objections(suite.replacing("@Suite", with: "@Suite(.timeLimit(.minutes(1)))")) == [])
        #expect(Self.objections(suite.replacing("@Test", with: "@Test(.timeLimit(.minutes(1)))")) == [])
        #expect(Self.objections(suite.replacing(" async", with: "")) == [])
    }

    @Test func refusesTheSecondSuiteOfAFile() {
        let first = "@Suite(.timeLimit(.minutes(1))) struct A {\n    @Test func waits() async {\n    }\n}\n"
        let second = "@Suite struct B {\n    @Test func waits() async {\n    }\n}\n"
        let objection = "a suite with asynchronous tests needs a .timeLimit"
        #expect(Self.objections(first + second) == ["Tests/A/File.swift:5: \(objection)"])
    }

    @Test func refusesAClockThatFollowsTheWallClock() {
        let objection = "a clock in a test stands still until the test moves it (TestClock)"
        #expect(Self.objections("Messages(now: { .now() })") == ["Tests/A/File.swift:1: \(objection)"])
        #expect(Self.objections("Messages(now: { clock.now })") == [])
    }
}
