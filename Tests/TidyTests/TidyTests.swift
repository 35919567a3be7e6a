import Testing

/// The house as it stands keeps its own rules.
@Suite struct TidyTests {
    @Test func sourcesKeepTheHouseRules() throws {
        let files = try Project.sources()
        #expect(!files.isEmpty)
        #expect(files.flatMap(HouseRules.objections) == [])
    }

    @Test func manifestDependsDownTheRanksOnly() throws {
        let targets = Manifest(text: try Project.manifest()).targets
        #expect(targets.contains { $0.name == "SpecCore" })
        // The tests' own helpers lie elsewhere and may depend on whatever they test.
        let modules = try Set(Project.sources().map(\.module)).union(Layering.table.keys)
        let objections = targets.filter { modules.contains($0.name) }.flatMap { target in
            target.dependencies.compactMap { Layering.objection(to: $0, in: target.name) }
        }
        #expect(objections == [])
    }
}
