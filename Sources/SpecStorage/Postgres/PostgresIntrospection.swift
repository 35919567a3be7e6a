public import SpecCore

/// The schema of a PostgreSQL database, as lines.
struct PostgresIntrospection {
    static let types: [DatabaseSchema.ColumnType: String] = [
        .identifier: "uuid", .bytes: "bytea", .text: "text", .integer: "int8", .bool: "bool",
        .timestamp: "timestamptz", .real: "float8",
    ]

    let connection: PostgresConnection

    func lines() throws -> [SchemaLine] {
        try [Self.columns, Self.indexes, Self.references, Self.checks].flatMap {
            try connection.execute($0).compactMap { row in
                SchemaLine.Kind(rawValue: row[0]).map { SchemaLine($0, row[1], row[2]) }
            }
        }
    }

    // Each query returns the kind of an object, its table, and the rest of its line.

    private static let columns = """
        SELECT 'column', c.relname, '.' || a.attname || ' ' || t.typname
            || CASE WHEN a.attnotnull THEN '' ELSE '?' END
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
            AND NOT a.attisdropped
        UNION ALL
        SELECT 'table', relname, '' FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        """

    /// The query of the indexes. An expression index is the one of a search, identified by its name; an invalid index
    /// counts as missing.
    private static let indexes = """
        SELECT
            CASE WHEN i.indexprs IS NOT NULL THEN 'search' WHEN i.indisprimary THEN 'key'
                WHEN i.indisunique THEN 'unique' ELSE 'index' END,
            c.relname,
            ' ' || CASE WHEN i.indexprs IS NOT NULL THEN substr(x.relname, length(c.relname) + 2) ELSE (
                SELECT string_agg(a.attname, ' ' ORDER BY k.place)
                FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid
        """

    private static let references = """
        SELECT 'reference', c.relname, '.' || a.attname || ' ' || f.relname || '.' || b.attname
        FROM pg_constraint r
        JOIN pg_class c ON c.oid = r.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = r.conkey[1]
        JOIN pg_class f ON f.oid = r.confrelid JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = r.confkey[1]
        WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'f' AND r.convalidated
        """

    private static let checks = """
        SELECT 'check', c.relname, '.' || r.conname FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'c' AND r.convalidated
        """
}

extension PostgresStore {
    /// The differences between a database and the migrations and schema; empty if they agree. Read-only.
    /// - Throws: ``OpenError``.
    public static func drift(
        _ address: PostgresAddress, migrations: [Migration], schema: DatabaseSchema
    ) async throws -> [String] {
        try await look(at: address) { connection in
            guard let missing = try missing(migrations, connection) else { return ["the database is empty"] }
            return missing.map { "the migration \($0.name) is missing" }
                + SchemaDrift(schema: schema, types: PostgresIntrospection.types).drift(
                    from: try PostgresIntrospection(connection: connection).lines())
        }
    }

    /// The state of a database. Read-only.
    /// - Parameter statements: prepared once if no migration is pending.
    /// - Throws: ``OpenError``.
    public static func state(
        _ address: PostgresAddress, migrations: [Migration], statements: [StatementText]
    ) async throws -> DatabaseState {
        try await look(at: address) { connection in
            try PostgresServerCheck(address: address).run()
            guard let missing = try missing(migrations, connection) else { return .absent }
            if missing.isEmpty { try PostgresStatementCheck(connection: connection).run(statements) }
            return .present(pending: missing.map { "\($0.name)" })
        }
    }

    /// The migrations that the database does not have; nil if it has no tables yet.
    private static func missing(
        _ migrations: [Migration], _ connection: PostgresConnection
    ) throws -> [Migration]? {
        guard try connection.execute("SELECT to_regclass('spec_migrations') IS NULL") == [["f"]] else { return nil }
        return try Migrator(migrations: migrations).missing(in: PostgresHistory(connection: connection))
    }

    private static func look<Value: Sendable>(
        at address: PostgresAddress, _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        try await OwnThread.value {
            do {
                return try body(try PostgresConnection(plain: address))
            } catch let failure as PostgresFailure {
                throw OpenError.unusable(address.description, failure.message)
            }
        }
    }
}
