import SpecCompiler
import TestSupport
import Testing

/// Tests of the plans of the spec's statements on both engines, with 50,000 rows in every table.
@Suite(.timeLimit(.minutes(10))) struct PlanTests {
    /// Statements that may scan a table completely, with the reason.
    private static let exceptions: [String: Set<String>] = [
        // The housekeeper's, in batches: PostgreSQL expects that a tenth of all rows has expired.
        "accounts.pruneTokens": ["mail_tokens"],
        "two_factor.pruneChallenges": ["challenges"],
        // All users seen within a few seconds at once, in the background: PostgreSQL expects a thousand.
        "presence.note": ["users"],
        // Users who were renamed within the last minute.
        "contacts.renamed": ["renames"],
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
            // The same check detects a complete scan.
            #expect(try await plans.tablesReadWhole("SELECT u.id FROM users u WHERE u.display_name = 'x'") == ["users"])
        }
        let names = Set(queries.map(\.name))
        #expect(Self.exceptions.keys.filter { !names.contains($0) } == [], "exceptions without a statement")
    }
}
