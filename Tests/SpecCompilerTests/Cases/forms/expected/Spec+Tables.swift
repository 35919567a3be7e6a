// Generated from the spec. Edit the spec instead.

import SpecCore

/// Requests with an `Idempotency-Key` and their stored responses; the status is null while the first
/// request runs, which holds `claim` meanwhile. A response that is made anew has the id of its subject instead
/// of a body, and `signed_urls` are the places in a body of the references to be signed anew.
struct IdempotencyKeysRow: Sendable, Equatable {
    var scope: String
    var operation: String
    var name: String
    var fingerprint: [UInt8]
    var status: Int64?
    var fields: String?
    var body: [UInt8]?
    var createdAt: Timestamp
    var claim: Identifier?
    var userId: Identifier?
    var subjectId: Identifier?
    var signedUrls: String?

    init(
        scope: String, operation: String, name: String, fingerprint: [UInt8], status: Int64?, fields: String?,
        body: [UInt8]?, createdAt: Timestamp, claim: Identifier?, userId: Identifier?, subjectId: Identifier?,
        signedUrls: String?
    ) {
        self.scope = scope
        self.operation = operation
        self.name = name
        self.fingerprint = fingerprint
        self.status = status
        self.fields = fields
        self.body = body
        self.createdAt = createdAt
        self.claim = claim
        self.userId = userId
        self.subjectId = subjectId
        self.signedUrls = signedUrls
    }

    @Sendable static func read(_ row: any RowColumns) throws -> IdempotencyKeysRow {
        IdempotencyKeysRow(
            scope: try String.read(row, at: 0),
            operation: try String.read(row, at: 1),
            name: try String.read(row, at: 2),
            fingerprint: try [UInt8].read(row, at: 3),
            status: try Int64?.read(row, at: 4),
            fields: try String?.read(row, at: 5),
            body: try [UInt8]?.read(row, at: 6),
            createdAt: try Timestamp.read(row, at: 7),
            claim: try Identifier?.read(row, at: 8),
            userId: try Identifier?.read(row, at: 9),
            subjectId: try Identifier?.read(row, at: 10),
            signedUrls: try String?.read(row, at: 11)
        )
    }
}

/// The standard statements of `idempotency_keys`.
enum IdempotencyKeysTable {
    /// Inserts a row.
    static func insert(_ row: IdempotencyKeysRow) -> Query<Void> {
        Query(
            "idempotency_keys.insert",
            SQLText(
                sqlite: "INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                postgres: PostgresTexts.insert),
            [
                row.scope.sqlValue, row.operation.sqlValue, row.name.sqlValue, row.fingerprint.sqlValue,
                row.status.sqlValue, row.fields.sqlValue, row.body.sqlValue, row.createdAt.sqlValue, row.claim.sqlValue,
                row.userId.sqlValue, row.subjectId.sqlValue, row.signedUrls.sqlValue
            ])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: IdempotencyKeysRow) -> Query<Void> {
        Query(
            "idempotency_keys.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [
                row.scope.sqlValue, row.operation.sqlValue, row.name.sqlValue, row.fingerprint.sqlValue,
                row.status.sqlValue, row.fields.sqlValue, row.body.sqlValue, row.createdAt.sqlValue, row.claim.sqlValue,
                row.userId.sqlValue, row.subjectId.sqlValue, row.signedUrls.sqlValue
            ])
    }

    /// The row with this key, if there is one.
    static func find(scope: String, operation: String, name: String) -> Query<IdempotencyKeysRow> {
        Query(
            "idempotency_keys.find",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
                postgres: PostgresTexts.find),
            [scope.sqlValue, operation.sqlValue, name.sqlValue], findsByKey: true, read: IdempotencyKeysRow.read)
    }

    /// Rows with these values, in the order of the index.
    static func listByCreatedAt(createdAt: Timestamp, limit: Int64) -> Query<IdempotencyKeysRow> {
        Query(
            "idempotency_keys.listByCreatedAt",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE created_at = ?1 ORDER BY created_at, scope, operation, name LIMIT ?2",
                postgres: PostgresTexts.listByCreatedAt),
            [createdAt.sqlValue, limit.sqlValue], read: IdempotencyKeysRow.read)
    }

    /// Rows with these values, in the order of the index.
    static func listByUserId(userId: Identifier, limit: Int64) -> Query<IdempotencyKeysRow> {
        Query(
            "idempotency_keys.listByUserId",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE user_id = ?1 ORDER BY user_id, scope, operation, name LIMIT ?2",
                postgres: PostgresTexts.listByUserId),
            [userId.sqlValue, limit.sqlValue], read: IdempotencyKeysRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(scope: String, operation: String, name: String, limit: Int64) -> Query<IdempotencyKeysRow> {
        Query(
            "idempotency_keys.page",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE (scope, operation, name) > (?1, ?2, ?3) ORDER BY scope, operation, name LIMIT ?4",
                postgres: PostgresTexts.page),
            [scope.sqlValue, operation.sqlValue, name.sqlValue, limit.sqlValue], read: IdempotencyKeysRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: IdempotencyKeysRow) -> Query<Void> {
        Query(
            "idempotency_keys.update",
            SQLText(
                sqlite: "UPDATE idempotency_keys SET fingerprint = ?1, status = ?2, fields = ?3, body = ?4, created_at = ?5, claim = ?6, user_id = ?7, subject_id = ?8, signed_urls = ?9 WHERE scope = ?10 AND operation = ?11 AND name = ?12",
                postgres: PostgresTexts.update),
            [
                row.fingerprint.sqlValue, row.status.sqlValue, row.fields.sqlValue, row.body.sqlValue,
                row.createdAt.sqlValue, row.claim.sqlValue, row.userId.sqlValue, row.subjectId.sqlValue,
                row.signedUrls.sqlValue, row.scope.sqlValue, row.operation.sqlValue, row.name.sqlValue
            ])
    }

    /// Deletes the row with this key.
    static func delete(scope: String, operation: String, name: String) -> Query<Void> {
        Query(
            "idempotency_keys.delete",
            SQLText(
                sqlite: "DELETE FROM idempotency_keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
                postgres: PostgresTexts.delete),
            [scope.sqlValue, operation.sqlValue, name.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES ($1::text, $2::text, $3::text, $4::bytea, $5::bigint, $6::text, $7::bytea, $8::timestamptz, $9::uuid, $10::uuid, $11::uuid, $12::text)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES ($1::text, $2::text, $3::text, $4::bytea, $5::bigint, $6::text, $7::bytea, $8::timestamptz, $9::uuid, $10::uuid, $11::uuid, $12::text) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"
        }
        static var listByCreatedAt: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE created_at = $1::timestamptz ORDER BY created_at, scope, operation, name LIMIT $2::bigint"
        }
        static var listByUserId: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE user_id = $1::uuid ORDER BY user_id, scope, operation, name LIMIT $2::bigint"
        }
        static var page: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM idempotency_keys WHERE (scope, operation, name) > ($1::text, $2::text, $3::text) ORDER BY scope, operation, name LIMIT $4::bigint"
        }
        static var update: StaticString {
            "UPDATE idempotency_keys SET fingerprint = $1::bytea, status = $2::bigint, fields = $3::text, body = $4::bytea, created_at = $5::timestamptz, claim = $6::uuid, user_id = $7::uuid, subject_id = $8::uuid, signed_urls = $9::text WHERE scope = $10::text AND operation = $11::text AND name = $12::text"
        }
        static var delete: StaticString {
            "DELETE FROM idempotency_keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"
        }
    }
}

/// The framework's own tables, as `framework` of `schema.yaml` asks for them.
enum FrameworkTables {
    /// The tables of `idempotency`.
    static let idempotency = IdempotencyTable(
        begin: SQLText(
            sqlite: """
                INSERT INTO idempotency_keys (scope, operation, name, claim, fingerprint, created_at, user_id)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?9)
                ON CONFLICT (scope, operation, name) DO UPDATE
                SET claim = EXCLUDED.claim, fingerprint = EXCLUDED.fingerprint, created_at = EXCLUDED.created_at,
                    user_id = EXCLUDED.user_id, status = NULL, fields = NULL, body = NULL, subject_id = NULL,
                    signed_urls = NULL
                WHERE idempotency_keys.created_at < ?7
                    OR idempotency_keys.status IS NULL AND idempotency_keys.created_at < ?8
                """,
            postgres: """
                INSERT INTO idempotency_keys (scope, operation, name, claim, fingerprint, created_at, user_id)
                VALUES ($1::text, $2::text, $3::text, $4::uuid, $5::bytea, $6::timestamptz, $9::uuid)
                ON CONFLICT (scope, operation, name) DO UPDATE
                SET claim = EXCLUDED.claim, fingerprint = EXCLUDED.fingerprint, created_at = EXCLUDED.created_at,
                    user_id = EXCLUDED.user_id, status = NULL, fields = NULL, body = NULL, subject_id = NULL,
                    signed_urls = NULL
                WHERE idempotency_keys.created_at < $7::timestamptz
                    OR idempotency_keys.status IS NULL AND idempotency_keys.created_at < $8::timestamptz
                """),
        find: SQLText(
            sqlite: "SELECT fingerprint, status, fields, body, subject_id, signed_urls FROM idempotency_keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
            postgres: "SELECT fingerprint, status, fields, body, subject_id, signed_urls FROM idempotency_keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"),
        renew: SQLText(
            sqlite: "UPDATE idempotency_keys SET created_at = ?5 WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL",
            postgres: "UPDATE idempotency_keys SET created_at = $5::timestamptz WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL"),
        keep: SQLText(
            sqlite: """
                UPDATE idempotency_keys SET claim = NULL, fingerprint = ?5, status = ?6, fields = ?7,
                    body = ?8, user_id = ?9, subject_id = ?10, signed_urls = ?11
                WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL
                """,
            postgres: """
                UPDATE idempotency_keys SET claim = NULL, fingerprint = $5::bytea, status = $6::bigint, fields = $7::text,
                    body = $8::bytea, user_id = $9::uuid, subject_id = $10::uuid, signed_urls = $11::text
                WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL
                """),
        forget: SQLText(
            sqlite: "DELETE FROM idempotency_keys WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL",
            postgres: "DELETE FROM idempotency_keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL"),
        forgetUser: SQLText(
            sqlite: "DELETE FROM idempotency_keys WHERE user_id = ?1",
            postgres: "DELETE FROM idempotency_keys WHERE user_id = $1::uuid"),
        prune: SQLText(
            sqlite: """
                DELETE FROM idempotency_keys WHERE (scope, operation, name) IN (
                    SELECT scope, operation, name FROM idempotency_keys
                    WHERE created_at < ?2 AND operation = ?1 ORDER BY created_at LIMIT ?3)
                """,
            postgres: """
                DELETE FROM idempotency_keys WHERE (scope, operation, name) IN (
                    SELECT scope, operation, name FROM idempotency_keys
                    WHERE created_at < $2::timestamptz AND operation = $1::text ORDER BY created_at LIMIT $3::bigint)
                """)
    )
}
