import Testing

/// Renames in a chain, fills of nullable columns, and tables that refer to each other.
@Suite struct RenameTests {
    private static func schema(_ columns: String) -> String {
        "tables:\n  t:\n    columns: {id: text, \(columns)}\n    key: [id]\n"
    }

    @Test func renamesAChainFromItsFreeEnd() throws {
        let outcome = try SchemaPair(
            before: Self.schema("a: text, b: text"),
            after: Self.schema("b: {type: text, was: a}, c: {type: text, was: b}")
        ).outcome
        let text = "ALTER TABLE t RENAME COLUMN b TO c;\nALTER TABLE t RENAME COLUMN a TO b;\n"
        #expect(outcome == "== 0001-change.postgres.sql\n\(text)== 0001-change.sqlite.sql\n\(text)")
    }

    @Test func renamesNothingOnceAChainIsWritten() throws {
        let after = Self.schema("b: {type: text, was: a}, c: {type: text, was: b}")
        #expect(try SchemaPair(before: Self.schema("b: text, c: text"), after: after).outcome == "nothing\n")
    }

    @Test(arguments: [
        ("a: {type: text, was: b}, b: {type: text, was: a}, c: text", 2),
        ("a: {type: text, was: b}, b: {type: text, was: c}, c: {type: text, was: a}", 3),
    ])
    func refusesColumnsThatSwapTheirNames(after: String, count: Int) throws {
        let outcome = try SchemaPair(before: Self.schema("a: text, b: text, c: text"), after: Self.schema(after))
            .outcome
        let found = outcome.ranges(of: "columns cannot take each other's names in one migration [was-cycle]").count
        #expect(found == count, "\(outcome)")
    }

    @Test func fillsExistingRowsOfANullableColumn() throws {
        let outcome = try SchemaPair(
            before: Self.schema("a: text"), after: Self.schema("a: text, x: {type: text?, fill: it's}")
        ).outcome
        #expect(
            outcome == """
                == 0001-change.postgres.sql
                ALTER TABLE t ADD COLUMN x text DEFAULT 'it''s';
                == 0001-change.sqlite.sql
                ALTER TABLE t ADD COLUMN x TEXT DEFAULT 'it''s';

                """)
    }

    @Test func createsTablesInTheOrderOfTheirReferencesOnPostgreSQL() throws {
        let outcome = try SchemaPair(
            before: Self.schema("a: text?"),
            after: """
                tables:
                  t:
                    columns: {id: text, a: text?, z_id: text?}
                    key: [id]
                    references: {z_id: z.id}
                  x:
                    columns: {id: text, y_id: text?}
                    key: [id]
                    references: {y_id: y.id}
                  y:
                    columns: {id: text, x_id: text?, z_id: text}
                    key: [id]
                    references: {x_id: x.id, z_id: z.id}
                  z:
                    columns: {id: text, z_id: text?}
                    key: [id]
                    references: {z_id: z.id}

                """
        ).outcome
        let postgres = outcome.split(separator: "== 0001-change.sqlite.sql").first.map(String.init) ?? ""
        let statements = postgres.split(separator: "\n").filter { $0.hasPrefix("CREATE") || $0.hasPrefix("ALTER") }
        #expect(
            statements == [
                "ALTER TABLE t ADD COLUMN z_id text;", "CREATE TABLE z (", "CREATE TABLE x (", "CREATE TABLE y (",
                "ALTER TABLE x ADD CONSTRAINT x_y_id_fkey FOREIGN KEY (y_id) REFERENCES y (id);",
                "ALTER TABLE t ADD CONSTRAINT t_z_id_fkey FOREIGN KEY (z_id) REFERENCES z (id) NOT VALID;",
            ])
    }
}
