import SpecCompiler
import TestSupport
import Testing

/// How both engines find what the statements of the spec ask for, with 50,000 rows in every table.
@Suite struct PlanTests {
    /// What may go through a table from one end to the other, and why.
    private static let exceptions: [String: Set<String>] = [
        // The housekeeper's, a batch at a time: PostgreSQL expects that a tenth of all is over.
        "accounts.pruneTokens": ["mail_tokens"],
        "two_factor.pruneChallenges": ["challenges"],
        // All who were here within a few seconds at once, in the background: PostgreSQL expects a thousand.
        "presence.note": ["users"],
    ]

    @Test(arguments: Engine.allCases) func readsNoTableWhole(engine: Engine) async throws {
        let queries = try ProductSpec.storage().queries.flatMap { area in
            area.queries.map { (name: "\(area.name).\($0.name)", texts: $0.texts(engine)) }
        }
        #expect(queries.count > 60)
        try await QueryPlans.run(on: engine, rowsEach: 50_000) { plans in
            for query in queries {
                for text in query.texts {
                    let whole = try await plans.tablesReadWhole(text)
                    #expect(whole.subtracting(Self.exceptions[query.name] ?? []) == [], "\(query.name): \(text)")
                }
            }
            // The same question finds what is read whole.
            #expect(try await plans.tablesReadWhole("SELECT u.id FROM users u WHERE u.display_name = 'x'") == ["users"])
        }
        let names = Set(queries.map(\.name))
        #expect(Self.exceptions.keys.filter { !names.contains($0) } == [], "exceptions for nothing")
    }
}
