public import SpecCore

/// What a PostgreSQL database has, as lines of a schema.
struct PostgresCatalogue {
    static let types = [
        "identifier": "uuid", "bytes": "bytea", "text": "text", "integer": "int8", "bool": "bool",
        "timestamp": "timestamptz", "real": "float8",
    ]

    let connection: PostgresConnection

    func lines() throws -> [String] {
        try [Self.columns, Self.indexes, Self.references, Self.checks].flatMap {
            try connection.execute($0).map { $0[0] }
        }
    }

    private static let columns = """
        SELECT 'column ' || c.relname || '.' || a.attname || ' ' || t.typname
            || CASE WHEN a.attnotnull THEN '' ELSE '?' END
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
            AND NOT a.attisdropped
        UNION ALL
        SELECT 'table ' || relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        """

    /// An index of an expression is the one that a search needs, known by its name; one that is not valid is none.
    private static let indexes = """
        SELECT CASE
            WHEN i.indexprs IS NOT NULL
                THEN 'search ' || c.relname || ' ' || substr(x.relname, length(c.relname) + 2)
            ELSE CASE WHEN i.indisprimary THEN 'key ' WHEN i.indisunique THEN 'unique ' ELSE 'index ' END
                || c.relname || ' ' || (
                    SELECT string_agg(a.attname, ' ' ORDER BY k.place)
                    FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number)
            END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid
        """

    private static let references = """
        SELECT 'reference ' || c.relname || '.' || a.attname || ' ' || f.relname || '.' || b.attname
        FROM pg_constraint r
        JOIN pg_class c ON c.oid = r.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = r.conkey[1]
        JOIN pg_class f ON f.oid = r.confrelid JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = r.confkey[1]
        WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'f' AND r.convalidated
        """

    private static let checks = """
        SELECT 'check ' || c.relname || '.' || r.conname FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'c' AND r.convalidated
        """
}

extension PostgresStore {
    /// What a database has otherwise than the migrations and the schema say; nothing when all is well. Changes nothing.
    /// - Throws: ``OpenError``.
    public static func differences(
        _ address: PostgresAddress, migrations: [Migration], schema: StaticString
    ) async throws -> [String] {
        try await OwnThread.value {
            do {
                let connection = try PostgresConnection(plain: address)
                guard try connection.execute("SELECT to_regclass('spec_migrations') IS NULL") == [["f"]] else {
                    return ["the database is empty"]
                }
                let missing = try Migrator(migrations: migrations).missing(in: PostgresHistory(connection: connection))
                return missing.map { "the migration \($0.name) is missing" }
                    + SchemaCheck(schema: schema, types: PostgresCatalogue.types).differences(
                        from: try PostgresCatalogue(connection: connection).lines())
            } catch let failure as PostgresFailure {
                throw OpenError.unusable(address.description, failure.message)
            }
        }
    }
}
