import Testing

/// Checks of the project against the house rules and the layering.
@Suite struct TidyTests {
    @Test func sourcesKeepTheHouseRules() throws {
        let files = try Project.sources()
        #expect(!files.isEmpty)
        #expect(files.flatMap(HouseRules.issues) == [])
    }

    @Test func testsKeepTheRulesForTests() throws {
        let files = try Project.tests()
        #expect(files.count > 100)
        #expect(files.flatMap(TestRules.issues) == [])
    }

    @Test func docSummariesAreNounPhrasesOrVerbs() throws {
        let summaries = DocSummaries(of: try Project.handwritten())
        #expect(summaries.count > 1_000)
        #expect(
            summaries.clausesPercent <= DocSummaries.clausesPercentMax, "\(summaries.clauses.joined(separator: "\n"))")
    }

    @Test func manifestDependsDownTheRanksOnly() throws {
        let targets = Manifest(text: try Project.manifest()).targets
        #expect(targets.contains { $0.name == "SpecCore" })
        // Test helpers are not in `Sources` and may depend on whatever they test.
        let modules = try Set(Project.sources().map(\.module)).union(Layering.table.keys)
        let issues = targets.filter { modules.contains($0.name) }.flatMap { target in
            target.dependencies.compactMap { Layering.issue(to: $0, in: target.name) }
        }
        #expect(issues == [])
    }
}
