import Testing

/// The rules for tests: the lines that they reject and those that they accept.
@Suite struct TestRulesTests {
    private static func issues(_ text: String) -> [String] {
        TestRules.issues(to: SourceFile(path: "Tests/A/File.swift", text: text))
    }

    @Test func refusesASuiteThatWaitsWithoutBound() {
        let suite = "import Testing\n@Suite struct A {\n    @Test func waits() async throws {\n    }\n}"
        #expect(Self.issues(suite) == ["Tests/A/File.swift:2: a suite with asynchronous tests needs a .timeLimit"])
        #expect(Self.issues(suite.replacing("@Suite", with: "@Suite(.timeLimit(.minutes(1)))")) == [])
        #expect(Self.issues(suite.replacing("@Test", with: "@Test(.timeLimit(.minutes(1)))")) == [])
        #expect(Self.issues(suite.replacing(" async", with: "")) == [])
    }

    @Test func refusesTheSecondSuiteOfAFile() {
        let first = "@Suite(.timeLimit(.minutes(1))) struct A {\n    @Test func waits() async {\n    }\n}\n"
        let second = "@Suite struct B {\n    @Test func waits() async {\n    }\n}\n"
        let issue = "a suite with asynchronous tests needs a .timeLimit"
        #expect(Self.issues(first + second) == ["Tests/A/File.swift:5: \(issue)"])
    }

    @Test func refusesAClockThatFollowsTheWallClock() {
        let issue = "a clock in a test stands still until the test moves it (TestClock)"
        #expect(Self.issues("Messages(now: { .now() })") == ["Tests/A/File.swift:1: \(issue)"])
        #expect(Self.issues("Messages(now: { clock.now })") == [])
    }
}
