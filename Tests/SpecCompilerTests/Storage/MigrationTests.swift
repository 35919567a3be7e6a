import Testing

@testable import SpecCompiler

/// Migrations that `spec sql` writes, and changes that it rejects until they are accepted.
@Suite struct MigrationTests {
    static let before = """
        tables:
          users:
            columns:
              id: identifier
              name: text
              about: text?
              age: integer
            key: [id]
            unique:
              - [name]
            indexes:
              - [age]
          notes:
            columns:
              id: identifier
              owner: identifier
              text: text
            key: [id]
            references:
              owner: users.id

        """

    /// The outcome of a schema with a text replaced.
    func outcome(_ old: String, _ new: String) throws -> String {
        try SchemaPair(before: Self.before, after: changed(old, new)).outcome
    }

    func changed(_ old: String, _ new: String) throws -> String {
        let range = try #require(Self.before.firstRange(of: old))
        return String(Self.before[..<range.lowerBound] + new + Self.before[range.upperBound...])
    }

    @Test func writesNothingForTheSameThingsInAnotherOrder() throws {
        let said = try outcome("      name: text\n      about: text?\n", "      about: text?\n      name: text\n")
        #expect(said == "nothing\n")
    }

    @Test func addsTablesColumnsAndIndexes() throws {
        let after =
            try changed("      age: integer\n", "      age: integer\n      born: timestamp?\n")
            .replacing("      - [age]\n", with: "      - [age]\n      - [born, id]\n") + """
                  tags:
                    columns: {word: text, note: identifier}
                    key: [word]
                    references: {note: notes.id}

                """
        let said = try SchemaPair(before: Self.before, after: after).outcome
        #expect(
            said == """
                == 0001-change.postgres.sql
                ALTER TABLE users ADD COLUMN born timestamptz;
                CREATE TABLE tags (
                    word text NOT NULL,
                    note uuid NOT NULL,
                    PRIMARY KEY (word),
                    FOREIGN KEY (note) REFERENCES notes (id)
                );
                == 0001-change.sqlite.sql
                CREATE TABLE tags (
                    word TEXT NOT NULL,
                    note BLOB NOT NULL,
                    PRIMARY KEY (word),
                    FOREIGN KEY (note) REFERENCES notes (id)
                ) STRICT;
                ALTER TABLE users ADD COLUMN born INTEGER;
                == 0002-change-online.postgres.sql
                -- without a transaction
                DROP INDEX CONCURRENTLY IF EXISTS users_born_id;
                CREATE INDEX CONCURRENTLY users_born_id ON users (born, id);
                == 0002-change-online.sqlite.sql
                CREATE INDEX users_born_id ON users (born, id);

                """)
    }

    @Test func fillsANewColumnThatCannotBeNull() throws {
        let added = "      age: integer\n      kind: {type: text, fill: it's}\n"
        let said = try outcome("      age: integer\n", added)
        #expect(
            said == """
                == 0001-change.postgres.sql
                ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'it''s';
                == 0001-change.sqlite.sql
                ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'it''s';

                """)
    }

    @Test func refusesANewColumnThatRowsHaveNothingFor() throws {
        let said = try outcome("      age: integer\n", "      age: integer\n      kind: text\n")
        #expect(
            said == """
                spec/schema.yaml:8:7: error: existing rows have no value for the new column users.kind [migration-change]
                    8 |       kind: text
                      |       ^~~~
                help: write 'text?', or give them a value: {type: text, fill: …}
                1 error

                """)
    }

    // MARK: Names

    @Test func renamesWhatSaysWhatItWas() throws {
        let after = try changed("  users:\n", "  people:\n    was: users\n")
            .replacing("      name: text\n", with: "      full_name: {type: text, was: name}\n")
            .replacing("      - [name]\n", with: "      - [full_name]\n")
            .replacing("users.id", with: "people.id")
        let said = try SchemaPair(before: Self.before, after: after).outcome
        #expect(
            said == """
                == 0001-change.postgres.sql
                ALTER TABLE users RENAME TO people;
                ALTER TABLE people RENAME COLUMN name TO full_name;
                ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey;
                ALTER TABLE people RENAME CONSTRAINT users_name_key TO people_full_name_key;
                ALTER INDEX users_age RENAME TO people_age;
                == 0001-change.sqlite.sql
                ALTER TABLE users RENAME TO people;
                ALTER TABLE people RENAME COLUMN name TO full_name;
                DROP INDEX users_age;
                CREATE INDEX people_age ON people (age);

                """)
        // After the migration is written, the old name has no effect.
        #expect(try SchemaPair(before: after, after: after).outcome == "nothing\n")
    }

    @Test func refusesOldNamesThatNothingHadOrSomethingHas() throws {
        let after = try changed(
            "      age: integer\n",
            "      years: {type: integer?, was: agee}\n      nick: {type: text?, was: about}\n      age: integer\n")
        #expect(
            try SchemaPair(before: Self.before, after: after).outcome
                == """
                spec/schema.yaml:7:34: error: no migration has created a column 'agee' [was-unknown]
                    7 |       years: {type: integer?, was: agee}
                      |                                    ^~~~
                help: did you mean 'age'?
                spec/schema.yaml:8:30: error: the column 'about' still exists [was-present]
                    8 |       nick: {type: text?, was: about}
                      |                                ^~~~~
                help: without 'was' this is a new column
                2 errors

                """.replacing("7:34", with: "7:36").replacing("8:30", with: "8:32"))
    }

    // MARK: Losses

    @Test func dropsAColumnOnlyWhenThatIsMeant() throws {
        let said = try outcome("      about: text?\n", "")
        #expect(
            said == """
                spec/migrations/recorded.yaml:5:5: error: dropping the column users.about loses its values [migration-accept]
                    5 |   - "column users.about text?"
                      |     ^~~~~~~~~~~~~~~~~~~~~~~~~~
                help: if that is meant, write 'drop column users.about' below 'accept' in schema.yaml; if it has a new name, write 'was: about' there
                1 error

                """)
        let accepted = try changed("      about: text?\n", "") + "accept:\n  - drop column users.about\n"
        let later = try SchemaPair(before: Self.before, after: accepted).outcome
        #expect(
            later == """
                == 0001-change.postgres.sql
                ALTER TABLE users DROP COLUMN about;
                == 0001-change.sqlite.sql
                ALTER TABLE users DROP COLUMN about;

                """)
        // An unused `accept` line is only a warning.
        let last = try SchemaPair(before: accepted, after: accepted).outcome
        #expect(
            last == """
                spec/schema.yaml:21:5: warning: no change needs this line: drop column users.about [accept-needless]
                   21 |   - drop column users.about
                      |     ^~~~~~~~~~~~~~~~~~~~~~~
                help: remove the line once its migration is written
                1 warning

                """)
    }

    @Test func dropsATableWithWhatRefersToIt() throws {
        let start = try #require(Self.before.firstRange(of: "  notes:"))
        let after = Self.before[..<start.lowerBound] + "accept: [drop table notes]\n"
        let said = try SchemaPair(before: Self.before, after: String(after)).outcome
        #expect(
            said == """
                == 0001-change.postgres.sql
                DROP TABLE notes;
                == 0001-change.sqlite.sql
                -- without foreign keys
                DROP TABLE notes;

                """)
    }

    // MARK: Locks

    @Test func changesATypeWhereNothingIsLost() throws {
        let message = try outcome("      age: integer\n", "      age: real\n")
        #expect(
            message == """
                spec/schema.yaml:7:7: error: the column users.age changes from integer to real: its table is rewritten and locked meanwhile [migration-accept]
                    7 |       age: real
                      |       ^~~
                help: if that is meant, write 'type users.age' below 'accept' in schema.yaml
                1 error

                """)
        let accepted = try changed("      age: integer\n", "      age: real\n") + "accept: [type users.age]\n"
        let said = try SchemaPair(before: Self.before, after: accepted).outcome
        #expect(
            said == """
                == 0001-change.postgres.sql
                ALTER TABLE users ALTER COLUMN age TYPE double precision USING age::double precision;
                == 0001-change.sqlite.sql
                -- without foreign keys
                CREATE TABLE rebuilt_users (
                    id BLOB NOT NULL,
                    name TEXT NOT NULL,
                    about TEXT,
                    age REAL NOT NULL,
                    PRIMARY KEY (id),
                    UNIQUE (name)
                ) STRICT;
                INSERT INTO rebuilt_users (id, name, about, age) SELECT id, name, about, CAST(age AS REAL) FROM users;
                DROP TABLE users;
                ALTER TABLE rebuilt_users RENAME TO users;
                CREATE INDEX users_age ON users (age);

                """)
    }

    @Test(arguments: [
        (
            "      text: text\n", "      text: text\n      at: timestamp\n",
            "existing rows have no value for the new column notes.at"
        ),
        ("      owner: users.id\n", "      owner: users.id\n    search: text\n", "the search of notes cannot change"),
        ("      text: text\n", "      text: integer\n", "not every text can be converted to integer"),
        (
            "    key: [id]\n    unique:\n      - [name]", "    key: [name]\n    unique:\n      - [id]",
            "the key of users cannot change while notes.owner refers to the table"
        ),
        ("      owner: users.id", "      owner: users.name", "'owner' is identifier, but users.name is text"),
    ])
    func refusesWhatCannotBeMade(old: String, new: String, message: String) throws {
        let said = try outcome(old, new)
        #expect(said.contains(message))
    }

    @Test func asksForEachPromiseThatIsMadeOrTakenBack() throws {
        let after = try changed("    unique:\n      - [name]\n", "    unique:\n      - [age]\n")
            .replacing("about: text?", with: "about: text")
            .replacing("    references:\n      owner: users.id\n", with: "")
        let said = try SchemaPair(before: Self.before, after: after).outcome
        let lines = said.split(separator: "\n").filter { $0.contains("error:") || $0.hasPrefix("help") }
        #expect(
            lines.map(String.init) == [
                "spec/migrations/recorded.yaml:8:5: error: rows can be duplicates without this: unique users name [migration-accept]",
                "help: if that is meant, write 'drop unique users name' below 'accept' in schema.yaml",
                "spec/migrations/recorded.yaml:15:5: error: rows can refer to missing rows without this: reference notes.owner [migration-accept]",
                "help: if that is meant, write 'drop reference notes.owner' below 'accept' in schema.yaml",
                "spec/schema.yaml:6:7: error: the column users.about can no longer be null: its table is scanned and locked meanwhile; this fails if a row has null [migration-accept]",
                "help: if that is meant, write 'not null users.about' below 'accept' in schema.yaml",
                "spec/schema.yaml:10:9: error: existing duplicate rows make this fail: unique users age [migration-accept]",
                "help: if that is meant, write 'unique users age' below 'accept' in schema.yaml",
            ])
    }

    @Test func makesPromisesWithoutLockingOthersOut() throws {
        let after =
            try changed("      text: text\n", "      text: text\n      parent: identifier?\n")
            .replacing(
                "      owner: users.id\n",
                with: "      owner: users.id\n      parent: notes.id\n    unique:\n      - [text]\n")
            + "accept: [unique notes text]\n"
        let outcome = try SchemaPair(before: Self.before, after: after).outcome
        let postgres = outcome.split(separator: "== ").filter { $0.contains(".postgres.sql") }.joined()
        #expect(
            postgres == """
                0001-change.postgres.sql
                ALTER TABLE notes ADD COLUMN parent uuid;
                ALTER TABLE notes ADD CONSTRAINT notes_parent_fkey FOREIGN KEY (parent) REFERENCES notes (id) NOT VALID;
                0002-change-online.postgres.sql
                -- without a transaction
                ALTER TABLE notes DROP CONSTRAINT IF EXISTS notes_text_key;
                DROP INDEX CONCURRENTLY IF EXISTS notes_text_key;
                CREATE UNIQUE INDEX CONCURRENTLY notes_text_key ON notes (text);
                ALTER TABLE notes ADD CONSTRAINT notes_text_key UNIQUE USING INDEX notes_text_key;
                ALTER TABLE notes VALIDATE CONSTRAINT notes_parent_fkey;

                """)
    }

    // MARK: The build

    @Test func pointsToTheFirstThingThatNoMigrationHasMade() throws {
        let after = try changed("      age: integer\n", "      age: integer\n      born: timestamp?\n")
        let said = try SchemaPair(before: Self.before, after: after).lint
        #expect(
            said == """
                spec/schema.yaml:8:7: error: no migration contains this change: column users.born [migration-missing]
                    8 |       born: timestamp?
                      |       ^~~~
                help: run 'make migration' (spec sql)
                1 error

                """)
        #expect(try SchemaPair(before: Self.before, after: Self.before).lint == "")
    }

    @Test func pointsToTheRecordOfWhatIsGone() throws {
        let after = try changed("      about: text?\n", "")
        let said = try SchemaPair(before: Self.before, after: after).lint
        #expect(
            said.hasPrefix(
                "spec/migrations/recorded.yaml:5:5: error: no migration contains this change: drop column users.about"))
    }

    @Test(arguments: [
        ("      age: integer\n", "      age: {type: integer, fill: x}\n", "text cannot fill a column of type integer"),
        ("      age: integer\n", "      age: {typ: integer}\n", "unknown keyword 'typ' in a column"),
        (
            "      id: identifier\n", "      id: {type: identifier, fill: x}\n",
            "text cannot fill a column of type identifier"
        ),
        ("      id: identifier\n", "      id: identifier?\n", "a column of the key cannot be null"),
        (
            "      id: identifier\n", "      id: {type: identifier, was: 1}\n",
            "expected the earlier name, but found an integer"
        ),
        ("tables:", "accept: [1]\ntables:", "expected the words of a change, but found an integer"),
        ("tables:", "acept: []\ntables:", "unknown keyword 'acept'"),
    ])
    func refusesWordsThatMeanNothing(old: String, new: String, message: String) throws {
        #expect(try outcome(old, new).contains("error: \(message)"))
    }
}
