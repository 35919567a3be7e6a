import Testing

@testable import SpecCompiler

/// Migrations that add, change and drop `checks`.
extension MigrationTests {
    @Test func writesChecksIntoNewTablesAndOntoOldOnes() throws {
        let after =
            try changed("    indexes:\n", "    checks:\n      grown: age>=18 AND  age<=150\n    indexes:\n") + """
                  tags:
                    columns: {word: text}
                    key: [word]
                    checks: {known: "word in ('it''s', 'b  c')"}
                accept: [check users.grown]

                """
        let said = try SchemaPair(before: Self.before, after: after).outcome
        #expect(
            said == """
                == 0001-change.postgres.sql
                ALTER TABLE users ADD CONSTRAINT grown CHECK (age >= 18 AND age <= 150) NOT VALID;
                CREATE TABLE tags (
                    word text NOT NULL,
                    PRIMARY KEY (word),
                    CONSTRAINT known CHECK (word IN ('it''s', 'b  c'))
                );
                == 0001-change.sqlite.sql
                -- without foreign keys
                CREATE TABLE tags (
                    word TEXT NOT NULL,
                    PRIMARY KEY (word),
                    CONSTRAINT known CHECK (word IN ('it''s', 'b  c'))
                ) STRICT;
                CREATE TABLE rebuilt_users (
                    id BLOB NOT NULL,
                    name TEXT NOT NULL,
                    about TEXT,
                    age INTEGER NOT NULL,
                    PRIMARY KEY (id),
                    UNIQUE (name),
                    CONSTRAINT grown CHECK (age >= 18 AND age <= 150)
                ) STRICT;
                INSERT INTO rebuilt_users (id, name, about, age) SELECT id, name, about, age FROM users;
                DROP TABLE users;
                ALTER TABLE rebuilt_users RENAME TO users;
                CREATE INDEX users_age ON users (age);
                == 0002-change-online.postgres.sql
                -- without a transaction
                ALTER TABLE users VALIDATE CONSTRAINT grown;
                == 0002-change-online.sqlite.sql
                -- Nothing to do on this engine.

                """)
        // The recorded condition is normalized, so spaces and case do not matter.
        let written = after.replacing("age>=18 AND  age<=150", with: "age >= 18 and age <= 150")
            .replacing("accept: [check users.grown]\n", with: "")
        #expect(
            try SchemaPair(before: after.replacing("accept: [check users.grown]\n", with: ""), after: written).outcome
                == "nothing\n")
    }

    @Test func asksForChecksThatRowsMayBreak() throws {
        func checked(_ checks: String) throws -> String {
            try changed("    indexes:\n", "    checks:\n\(checks)    indexes:\n")
        }
        let before = try checked("      grown: age >= 18\n      short: length(name) < 9\n")
        let after = try checked("      grown: age >= 21\n      named: name <> ''\n")
        let pair = try SchemaPair(before: before, after: after)
        let lines = pair.outcome.split(separator: "\n").filter { $0.contains("error:") || $0.hasPrefix("help") }
        #expect(
            lines.map(String.init) == [
                "spec/migrations/recorded.yaml:11:5: error: rows can violate this rule afterwards: check users.short [migration-accept]",
                "help: if that is meant, write 'drop check users.short' below 'accept' in schema.yaml",
                "spec/schema.yaml:12:7: error: rows that violate it make this fail: check users.grown [migration-accept]",
                "help: if that is meant, write 'check users.grown' below 'accept' in schema.yaml",
                "spec/schema.yaml:13:7: error: rows that violate it make this fail: check users.named [migration-accept]",
                "help: if that is meant, write 'check users.named' below 'accept' in schema.yaml",
            ])
        #expect(
            pair.lint.hasPrefix("spec/schema.yaml:12:7: error: no migration contains this change: check users.grown"))
    }
}
