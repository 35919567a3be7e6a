import ParleyContract
import SpecCore
import TestSupport
import Testing

/// How contacts, profiles and presence are found among 50,000 rows.
@Suite struct ContactPlanTests {
    private static let rows = [
        SQLText(
            sqlite: """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                INSERT INTO users (
                    id, email, email_key, password_hash, display_name, email_verified, created_at, updated_at)
                SELECT randomblob(16), i || '', i || '', '', '', 1, 0, 0 FROM n
                """,
            postgres: """
                INSERT INTO users (
                    id, email, email_key, password_hash, display_name, email_verified, created_at, updated_at)
                SELECT gen_random_uuid(), i::text, i::text, '', '', TRUE, now(), now() FROM generate_series(1, 50000) i
                """),
        SQLText(
            sqlite: """
                INSERT INTO contacts (id, owner_id, user_id, status, created_at)
                SELECT randomblob(16), o.id, u.id, 'active', 0
                FROM users u JOIN users o ON o.email_key = (CAST(u.email_key AS INTEGER) % 50 + 1) || ''
                """,
            postgres: """
                INSERT INTO contacts (id, owner_id, user_id, status, created_at)
                SELECT gen_random_uuid(), o.id, u.id, 'active', now()
                FROM users u JOIN users o ON o.email_key = (u.email_key::integer % 50 + 1)::text
                """),
        SQLText(
            sqlite: """
                INSERT INTO settings (user_id, read_receipts, last_seen_visibility, notifications, updated_at)
                SELECT id, 1, 'contacts', 1, 0 FROM users
                """,
            postgres: """
                INSERT INTO settings (user_id, read_receipts, last_seen_visibility, notifications, updated_at)
                SELECT id, TRUE, 'contacts', TRUE, now() FROM users
                """),
    ]

    private static let id = Identifier(high: 1, low: 1)

    private static let statements: [(name: String, text: SQLText)] = [
        ("behind", ContactsQueries.behind(ownerId: id, after: id, status: nil, limit: 1).text),
        ("some", ContactsQueries.some(ownerId: id, ids: []).text),
        ("count", ContactsQueries.count(ownerId: id).text),
        ("change", ContactsQueries.change(ownerId: id, contactId: id, setsAlias: true, alias: nil, status: "").text),
        ("remove", ContactsQueries.remove(ownerId: id, contactId: id).text),
        ("profiles", UsersQueries.profiles(viewerId: id, ids: []).text),
        ("findable", UsersQueries.findable(viewerId: id, emailKey: "").text),
        ("settings", SettingsTable.find(userId: id).text),
        ("seen", PresenceQueries.seen(viewerId: id, ids: []).text),
    ]

    @Test(arguments: Engine.allCases)
    func readNoTableWhole(engine: Engine) async throws {
        try await QueryPlans.run(on: engine, rows: Self.rows) { plans in
            for (name, text) in Self.statements {
                let whole = try await plans.tablesReadWhole(text)
                #expect(whole.intersection(["users", "u", "contacts", "c", "settings", "s"]) == [], "\(name)")
            }
            // The same question finds what is read whole.
            let all = SQLText(
                sqlite: "SELECT id FROM users WHERE display_name = ?1",
                postgres: "SELECT id FROM users WHERE display_name = $1::text")
            #expect(try await plans.tablesReadWhole(all) == ["users"])
        }
    }
}
