import Testing

/// The count of doc summaries that are clauses.
@Suite struct DocSummariesTests {
    private func summaries(_ text: String) -> DocSummaries {
        DocSummaries(of: [SourceFile(path: "Sources/SpecServer/File.swift", text: text)])
    }

    @Test func takesNounPhrasesAndVerbs() {
        let summaries = summaries(
            "/// A token bucket per key.\nstruct A {}\n    /// Returns the next.\n    func b() {}")
        #expect(summaries.count == 2)
        #expect(summaries.clauses == [])
    }

    @Test(arguments: ["What", "Whether", "How", "Where", "Why", "When", "Who", "Whose", "Whoever"])
    func namesAClauseWithItsPlace(word: String) {
        #expect(
            summaries("\n    /// \(word) it is.\n    let a = 1").clauses
                == ["Sources/SpecServer/File.swift:2: \(word) it is."])
    }

    @Test func looksAtTheFirstLineOfABlockOnly() {
        let summaries = summaries("/// A bucket.\n/// When it is full, it waits.\n// What is no documentation.\n")
        #expect(summaries.count == 1)
        #expect(summaries.clauses == [])
    }

    @Test func takesWordsThatOnlyBeginAlike() {
        #expect(summaries("/// Whole rows of a table.\n/// Howitzers.").clauses == [])
    }

    @Test func roundsTheShareUp() {
        let text = String(repeating: "/// A.\nlet a = 1\n", count: 99) + "/// What.\nlet b = 1\n"
        #expect(summaries(text).clausesPercent == 1)
        #expect(summaries("/// A.\nlet a = 1\n/// What.\n" + text).clausesPercent == 2)
    }
}
