// Generated from the spec. Edit the spec instead.

import SpecCore

/// A row of `people`.
struct PeopleRow: Sendable, Equatable {
    var id: Identifier

    init(id: Identifier) {
        self.id = id
    }

    @Sendable static func read(_ row: any RowColumns) throws -> PeopleRow {
        PeopleRow(
            id: try Identifier.read(row, at: 0)
        )
    }
}

/// The standard statements of `people`.
enum PeopleTable {
    /// Inserts a row.
    static func insert(_ row: PeopleRow) -> Query<Void> {
        Query(
            "people.insert",
            SQLText(
                sqlite: "INSERT INTO people (id) VALUES (?1)",
                postgres: PostgresTexts.insert),
            [row.id.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: PeopleRow) -> Query<Void> {
        Query(
            "people.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO people (id) VALUES (?1) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.id.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<PeopleRow> {
        Query(
            "people.find",
            SQLText(
                sqlite: "SELECT id FROM people WHERE id = ?1",
                postgres: PostgresTexts.find),
            [id.sqlValue], findsByKey: true, read: PeopleRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<PeopleRow> {
        Query(
            "people.page",
            SQLText(
                sqlite: "SELECT id FROM people WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: PostgresTexts.page),
            [id.sqlValue, limit.sqlValue], read: PeopleRow.read)
    }

    /// Deletes the row with this key.
    static func delete(id: Identifier) -> Query<Void> {
        Query(
            "people.delete",
            SQLText(
                sqlite: "DELETE FROM people WHERE id = ?1",
                postgres: PostgresTexts.delete),
            [id.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO people (id) VALUES ($1::uuid)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO people (id) VALUES ($1::uuid) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT id FROM people WHERE id = $1::uuid"
        }
        static var page: StaticString {
            "SELECT id FROM people WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"
        }
        static var delete: StaticString {
            "DELETE FROM people WHERE id = $1::uuid"
        }
    }
}

/// E-mails waiting to be sent.
struct MailsRow: Sendable, Equatable {
    var id: Identifier
    var recipient: String
    var subject: String
    var body: String
    var createdAt: Timestamp
    var attempts: Int64
    var nextAt: Timestamp

    init(
        id: Identifier, recipient: String, subject: String, body: String, createdAt: Timestamp, attempts: Int64,
        nextAt: Timestamp
    ) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.createdAt = createdAt
        self.attempts = attempts
        self.nextAt = nextAt
    }

    @Sendable static func read(_ row: any RowColumns) throws -> MailsRow {
        MailsRow(
            id: try Identifier.read(row, at: 0),
            recipient: try String.read(row, at: 1),
            subject: try String.read(row, at: 2),
            body: try String.read(row, at: 3),
            createdAt: try Timestamp.read(row, at: 4),
            attempts: try Int64.read(row, at: 5),
            nextAt: try Timestamp.read(row, at: 6)
        )
    }
}

/// The standard statements of `mails`.
enum MailsTable {
    /// Inserts a row.
    static func insert(_ row: MailsRow) -> Query<Void> {
        Query(
            "mails.insert",
            SQLText(
                sqlite: "INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                postgres: PostgresTexts.insert),
            [
                row.id.sqlValue, row.recipient.sqlValue, row.subject.sqlValue, row.body.sqlValue,
                row.createdAt.sqlValue, row.attempts.sqlValue, row.nextAt.sqlValue
            ])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: MailsRow) -> Query<Void> {
        Query(
            "mails.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [
                row.id.sqlValue, row.recipient.sqlValue, row.subject.sqlValue, row.body.sqlValue,
                row.createdAt.sqlValue, row.attempts.sqlValue, row.nextAt.sqlValue
            ])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<MailsRow> {
        Query(
            "mails.find",
            SQLText(
                sqlite: "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE id = ?1",
                postgres: PostgresTexts.find),
            [id.sqlValue], findsByKey: true, read: MailsRow.read)
    }

    /// Rows with these values, in the order of the index.
    static func listByNextAt(nextAt: Timestamp, limit: Int64) -> Query<MailsRow> {
        Query(
            "mails.listByNextAt",
            SQLText(
                sqlite: "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE next_at = ?1 ORDER BY next_at, id LIMIT ?2",
                postgres: PostgresTexts.listByNextAt),
            [nextAt.sqlValue, limit.sqlValue], read: MailsRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<MailsRow> {
        Query(
            "mails.page",
            SQLText(
                sqlite: "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: PostgresTexts.page),
            [id.sqlValue, limit.sqlValue], read: MailsRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: MailsRow) -> Query<Void> {
        Query(
            "mails.update",
            SQLText(
                sqlite: "UPDATE mails SET recipient = ?1, subject = ?2, body = ?3, created_at = ?4, attempts = ?5, next_at = ?6 WHERE id = ?7",
                postgres: PostgresTexts.update),
            [
                row.recipient.sqlValue, row.subject.sqlValue, row.body.sqlValue, row.createdAt.sqlValue,
                row.attempts.sqlValue, row.nextAt.sqlValue, row.id.sqlValue
            ])
    }

    /// Deletes the row with this key.
    static func delete(id: Identifier) -> Query<Void> {
        Query(
            "mails.delete",
            SQLText(
                sqlite: "DELETE FROM mails WHERE id = ?1",
                postgres: PostgresTexts.delete),
            [id.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at) VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz, $6::bigint, $7::timestamptz)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at) VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz, $6::bigint, $7::timestamptz) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE id = $1::uuid"
        }
        static var listByNextAt: StaticString {
            "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE next_at = $1::timestamptz ORDER BY next_at, id LIMIT $2::bigint"
        }
        static var page: StaticString {
            "SELECT id, recipient, subject, body, created_at, attempts, next_at FROM mails WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"
        }
        static var update: StaticString {
            "UPDATE mails SET recipient = $1::text, subject = $2::text, body = $3::text, created_at = $4::timestamptz, attempts = $5::bigint, next_at = $6::timestamptz WHERE id = $7::uuid"
        }
        static var delete: StaticString {
            "DELETE FROM mails WHERE id = $1::uuid"
        }
    }
}

/// Position of the last event per user.
struct LogHeadsRow: Sendable, Equatable {
    var userId: Identifier
    var lastSeq: Int64

    init(userId: Identifier, lastSeq: Int64) {
        self.userId = userId
        self.lastSeq = lastSeq
    }

    @Sendable static func read(_ row: any RowColumns) throws -> LogHeadsRow {
        LogHeadsRow(
            userId: try Identifier.read(row, at: 0),
            lastSeq: try Int64.read(row, at: 1)
        )
    }
}

/// The standard statements of `log_heads`.
enum LogHeadsTable {
    /// Inserts a row.
    static func insert(_ row: LogHeadsRow) -> Query<Void> {
        Query(
            "log_heads.insert",
            SQLText(
                sqlite: "INSERT INTO log_heads (user_id, last_seq) VALUES (?1, ?2)",
                postgres: PostgresTexts.insert),
            [row.userId.sqlValue, row.lastSeq.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: LogHeadsRow) -> Query<Void> {
        Query(
            "log_heads.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO log_heads (user_id, last_seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.userId.sqlValue, row.lastSeq.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(userId: Identifier) -> Query<LogHeadsRow> {
        Query(
            "log_heads.find",
            SQLText(
                sqlite: "SELECT user_id, last_seq FROM log_heads WHERE user_id = ?1",
                postgres: PostgresTexts.find),
            [userId.sqlValue], findsByKey: true, read: LogHeadsRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(userId: Identifier, limit: Int64) -> Query<LogHeadsRow> {
        Query(
            "log_heads.page",
            SQLText(
                sqlite: "SELECT user_id, last_seq FROM log_heads WHERE (user_id) > (?1) ORDER BY user_id LIMIT ?2",
                postgres: PostgresTexts.page),
            [userId.sqlValue, limit.sqlValue], read: LogHeadsRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: LogHeadsRow) -> Query<Void> {
        Query(
            "log_heads.update",
            SQLText(
                sqlite: "UPDATE log_heads SET last_seq = ?1 WHERE user_id = ?2",
                postgres: PostgresTexts.update),
            [row.lastSeq.sqlValue, row.userId.sqlValue])
    }

    /// Deletes the row with this key.
    static func delete(userId: Identifier) -> Query<Void> {
        Query(
            "log_heads.delete",
            SQLText(
                sqlite: "DELETE FROM log_heads WHERE user_id = ?1",
                postgres: PostgresTexts.delete),
            [userId.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO log_heads (user_id, last_seq) VALUES ($1::uuid, $2::bigint)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO log_heads (user_id, last_seq) VALUES ($1::uuid, $2::bigint) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT user_id, last_seq FROM log_heads WHERE user_id = $1::uuid"
        }
        static var page: StaticString {
            "SELECT user_id, last_seq FROM log_heads WHERE (user_id) > ($1::uuid) ORDER BY user_id LIMIT $2::bigint"
        }
        static var update: StaticString {
            "UPDATE log_heads SET last_seq = $1::bigint WHERE user_id = $2::uuid"
        }
        static var delete: StaticString {
            "DELETE FROM log_heads WHERE user_id = $1::uuid"
        }
    }
}

/// Event log per user, without gaps. A row holds the kind and ids; the payload is built when it
/// is read. There is no foreign key: an event is written together with its head in `log_heads`.
struct LogRow: Sendable, Equatable {
    var userId: Identifier
    var seq: Int64
    var kind: String
    var thingId: Identifier?
    var at: Timestamp
    var otherId: Identifier?
    var detail: String?

    init(
        userId: Identifier, seq: Int64, kind: String, thingId: Identifier?, at: Timestamp, otherId: Identifier?,
        detail: String?
    ) {
        self.userId = userId
        self.seq = seq
        self.kind = kind
        self.thingId = thingId
        self.at = at
        self.otherId = otherId
        self.detail = detail
    }

    @Sendable static func read(_ row: any RowColumns) throws -> LogRow {
        LogRow(
            userId: try Identifier.read(row, at: 0),
            seq: try Int64.read(row, at: 1),
            kind: try String.read(row, at: 2),
            thingId: try Identifier?.read(row, at: 3),
            at: try Timestamp.read(row, at: 4),
            otherId: try Identifier?.read(row, at: 5),
            detail: try String?.read(row, at: 6)
        )
    }
}

/// The standard statements of `log`.
enum LogTable {
    /// Inserts a row.
    static func insert(_ row: LogRow) -> Query<Void> {
        Query(
            "log.insert",
            SQLText(
                sqlite: "INSERT INTO log (user_id, seq, kind, thing_id, at, other_id, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                postgres: PostgresTexts.insert),
            [
                row.userId.sqlValue, row.seq.sqlValue, row.kind.sqlValue, row.thingId.sqlValue, row.at.sqlValue,
                row.otherId.sqlValue, row.detail.sqlValue
            ])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: LogRow) -> Query<Void> {
        Query(
            "log.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO log (user_id, seq, kind, thing_id, at, other_id, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [
                row.userId.sqlValue, row.seq.sqlValue, row.kind.sqlValue, row.thingId.sqlValue, row.at.sqlValue,
                row.otherId.sqlValue, row.detail.sqlValue
            ])
    }

    /// The row with this key, if there is one.
    static func find(userId: Identifier, seq: Int64) -> Query<LogRow> {
        Query(
            "log.find",
            SQLText(
                sqlite: "SELECT user_id, seq, kind, thing_id, at, other_id, detail FROM log WHERE user_id = ?1 AND seq = ?2",
                postgres: PostgresTexts.find),
            [userId.sqlValue, seq.sqlValue], findsByKey: true, read: LogRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(userId: Identifier, seq: Int64, limit: Int64) -> Query<LogRow> {
        Query(
            "log.page",
            SQLText(
                sqlite: "SELECT user_id, seq, kind, thing_id, at, other_id, detail FROM log WHERE (user_id, seq) > (?1, ?2) ORDER BY user_id, seq LIMIT ?3",
                postgres: PostgresTexts.page),
            [userId.sqlValue, seq.sqlValue, limit.sqlValue], read: LogRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: LogRow) -> Query<Void> {
        Query(
            "log.update",
            SQLText(
                sqlite: "UPDATE log SET kind = ?1, thing_id = ?2, at = ?3, other_id = ?4, detail = ?5 WHERE user_id = ?6 AND seq = ?7",
                postgres: PostgresTexts.update),
            [
                row.kind.sqlValue, row.thingId.sqlValue, row.at.sqlValue, row.otherId.sqlValue, row.detail.sqlValue,
                row.userId.sqlValue, row.seq.sqlValue
            ])
    }

    /// Deletes the row with this key.
    static func delete(userId: Identifier, seq: Int64) -> Query<Void> {
        Query(
            "log.delete",
            SQLText(
                sqlite: "DELETE FROM log WHERE user_id = ?1 AND seq = ?2",
                postgres: PostgresTexts.delete),
            [userId.sqlValue, seq.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO log (user_id, seq, kind, thing_id, at, other_id, detail) VALUES ($1::uuid, $2::bigint, $3::text, $4::uuid, $5::timestamptz, $6::uuid, $7::text)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO log (user_id, seq, kind, thing_id, at, other_id, detail) VALUES ($1::uuid, $2::bigint, $3::text, $4::uuid, $5::timestamptz, $6::uuid, $7::text) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT user_id, seq, kind, thing_id, at, other_id, detail FROM log WHERE user_id = $1::uuid AND seq = $2::bigint"
        }
        static var page: StaticString {
            "SELECT user_id, seq, kind, thing_id, at, other_id, detail FROM log WHERE (user_id, seq) > ($1::uuid, $2::bigint) ORDER BY user_id, seq LIMIT $3::bigint"
        }
        static var update: StaticString {
            "UPDATE log SET kind = $1::text, thing_id = $2::uuid, at = $3::timestamptz, other_id = $4::uuid, detail = $5::text WHERE user_id = $6::uuid AND seq = $7::bigint"
        }
        static var delete: StaticString {
            "DELETE FROM log WHERE user_id = $1::uuid AND seq = $2::bigint"
        }
    }
}

/// Requests with an `Idempotency-Key` and their stored responses; the status is null while the first
/// request runs, which holds `claim` meanwhile. A response that is made anew has the id of its subject instead
/// of a body, and `signed_urls` are the places in a body of the references to be signed anew.
struct KeysRow: Sendable, Equatable {
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

    @Sendable static func read(_ row: any RowColumns) throws -> KeysRow {
        KeysRow(
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

/// The standard statements of `keys`.
enum KeysTable {
    /// Inserts a row.
    static func insert(_ row: KeysRow) -> Query<Void> {
        Query(
            "keys.insert",
            SQLText(
                sqlite: "INSERT INTO keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                postgres: PostgresTexts.insert),
            [
                row.scope.sqlValue, row.operation.sqlValue, row.name.sqlValue, row.fingerprint.sqlValue,
                row.status.sqlValue, row.fields.sqlValue, row.body.sqlValue, row.createdAt.sqlValue, row.claim.sqlValue,
                row.userId.sqlValue, row.subjectId.sqlValue, row.signedUrls.sqlValue
            ])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: KeysRow) -> Query<Void> {
        Query(
            "keys.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [
                row.scope.sqlValue, row.operation.sqlValue, row.name.sqlValue, row.fingerprint.sqlValue,
                row.status.sqlValue, row.fields.sqlValue, row.body.sqlValue, row.createdAt.sqlValue, row.claim.sqlValue,
                row.userId.sqlValue, row.subjectId.sqlValue, row.signedUrls.sqlValue
            ])
    }

    /// The row with this key, if there is one.
    static func find(scope: String, operation: String, name: String) -> Query<KeysRow> {
        Query(
            "keys.find",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
                postgres: PostgresTexts.find),
            [scope.sqlValue, operation.sqlValue, name.sqlValue], findsByKey: true, read: KeysRow.read)
    }

    /// Rows with these values, in the order of the index.
    static func listByCreatedAt(createdAt: Timestamp, limit: Int64) -> Query<KeysRow> {
        Query(
            "keys.listByCreatedAt",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE created_at = ?1 ORDER BY created_at, scope, operation, name LIMIT ?2",
                postgres: PostgresTexts.listByCreatedAt),
            [createdAt.sqlValue, limit.sqlValue], read: KeysRow.read)
    }

    /// Rows with these values, in the order of the index.
    static func listByUserId(userId: Identifier, limit: Int64) -> Query<KeysRow> {
        Query(
            "keys.listByUserId",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE user_id = ?1 ORDER BY user_id, scope, operation, name LIMIT ?2",
                postgres: PostgresTexts.listByUserId),
            [userId.sqlValue, limit.sqlValue], read: KeysRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(scope: String, operation: String, name: String, limit: Int64) -> Query<KeysRow> {
        Query(
            "keys.page",
            SQLText(
                sqlite: "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE (scope, operation, name) > (?1, ?2, ?3) ORDER BY scope, operation, name LIMIT ?4",
                postgres: PostgresTexts.page),
            [scope.sqlValue, operation.sqlValue, name.sqlValue, limit.sqlValue], read: KeysRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: KeysRow) -> Query<Void> {
        Query(
            "keys.update",
            SQLText(
                sqlite: "UPDATE keys SET fingerprint = ?1, status = ?2, fields = ?3, body = ?4, created_at = ?5, claim = ?6, user_id = ?7, subject_id = ?8, signed_urls = ?9 WHERE scope = ?10 AND operation = ?11 AND name = ?12",
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
            "keys.delete",
            SQLText(
                sqlite: "DELETE FROM keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
                postgres: PostgresTexts.delete),
            [scope.sqlValue, operation.sqlValue, name.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES ($1::text, $2::text, $3::text, $4::bytea, $5::bigint, $6::text, $7::bytea, $8::timestamptz, $9::uuid, $10::uuid, $11::uuid, $12::text)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO keys (scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls) VALUES ($1::text, $2::text, $3::text, $4::bytea, $5::bigint, $6::text, $7::bytea, $8::timestamptz, $9::uuid, $10::uuid, $11::uuid, $12::text) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"
        }
        static var listByCreatedAt: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE created_at = $1::timestamptz ORDER BY created_at, scope, operation, name LIMIT $2::bigint"
        }
        static var listByUserId: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE user_id = $1::uuid ORDER BY user_id, scope, operation, name LIMIT $2::bigint"
        }
        static var page: StaticString {
            "SELECT scope, operation, name, fingerprint, status, fields, body, created_at, claim, user_id, subject_id, signed_urls FROM keys WHERE (scope, operation, name) > ($1::text, $2::text, $3::text) ORDER BY scope, operation, name LIMIT $4::bigint"
        }
        static var update: StaticString {
            "UPDATE keys SET fingerprint = $1::bytea, status = $2::bigint, fields = $3::text, body = $4::bytea, created_at = $5::timestamptz, claim = $6::uuid, user_id = $7::uuid, subject_id = $8::uuid, signed_urls = $9::text WHERE scope = $10::text AND operation = $11::text AND name = $12::text"
        }
        static var delete: StaticString {
            "DELETE FROM keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"
        }
    }
}

/// The framework's own tables, as `framework` of `schema.yaml` asks for them.
enum FrameworkTables {
    /// The tables of `idempotency`.
    static let idempotency = IdempotencyTable(
        begin: SQLText(
            sqlite: """
                INSERT INTO keys (scope, operation, name, claim, fingerprint, created_at, user_id)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?9)
                ON CONFLICT (scope, operation, name) DO UPDATE
                SET claim = EXCLUDED.claim, fingerprint = EXCLUDED.fingerprint, created_at = EXCLUDED.created_at,
                    user_id = EXCLUDED.user_id, status = NULL, fields = NULL, body = NULL, subject_id = NULL,
                    signed_urls = NULL
                WHERE keys.created_at < ?7
                    OR keys.status IS NULL AND keys.created_at < ?8
                """,
            postgres: """
                INSERT INTO keys (scope, operation, name, claim, fingerprint, created_at, user_id)
                VALUES ($1::text, $2::text, $3::text, $4::uuid, $5::bytea, $6::timestamptz, $9::uuid)
                ON CONFLICT (scope, operation, name) DO UPDATE
                SET claim = EXCLUDED.claim, fingerprint = EXCLUDED.fingerprint, created_at = EXCLUDED.created_at,
                    user_id = EXCLUDED.user_id, status = NULL, fields = NULL, body = NULL, subject_id = NULL,
                    signed_urls = NULL
                WHERE keys.created_at < $7::timestamptz
                    OR keys.status IS NULL AND keys.created_at < $8::timestamptz
                """),
        find: SQLText(
            sqlite: "SELECT fingerprint, status, fields, body, subject_id, signed_urls FROM keys WHERE scope = ?1 AND operation = ?2 AND name = ?3",
            postgres: "SELECT fingerprint, status, fields, body, subject_id, signed_urls FROM keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text"),
        renew: SQLText(
            sqlite: "UPDATE keys SET created_at = ?5 WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL",
            postgres: "UPDATE keys SET created_at = $5::timestamptz WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL"),
        keep: SQLText(
            sqlite: """
                UPDATE keys SET claim = NULL, fingerprint = ?5, status = ?6, fields = ?7,
                    body = ?8, user_id = ?9, subject_id = ?10, signed_urls = ?11
                WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL
                """,
            postgres: """
                UPDATE keys SET claim = NULL, fingerprint = $5::bytea, status = $6::bigint, fields = $7::text,
                    body = $8::bytea, user_id = $9::uuid, subject_id = $10::uuid, signed_urls = $11::text
                WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL
                """),
        forget: SQLText(
            sqlite: "DELETE FROM keys WHERE scope = ?1 AND operation = ?2 AND name = ?3 AND claim = ?4 AND status IS NULL",
            postgres: "DELETE FROM keys WHERE scope = $1::text AND operation = $2::text AND name = $3::text AND claim = $4::uuid AND status IS NULL"),
        forgetUser: SQLText(
            sqlite: "DELETE FROM keys WHERE user_id = ?1",
            postgres: "DELETE FROM keys WHERE user_id = $1::uuid"),
        prune: SQLText(
            sqlite: """
                DELETE FROM keys WHERE (scope, operation, name) IN (
                    SELECT scope, operation, name FROM keys
                    WHERE created_at < ?2 AND operation = ?1 ORDER BY created_at LIMIT ?3)
                """,
            postgres: """
                DELETE FROM keys WHERE (scope, operation, name) IN (
                    SELECT scope, operation, name FROM keys
                    WHERE created_at < $2::timestamptz AND operation = $1::text ORDER BY created_at LIMIT $3::bigint)
                """)
    )

    /// The tables of `event-log`.
    static let eventLog = EventLogTable(
        advance: """
            INSERT INTO log_heads (user_id, last_seq) VALUES (?1, 1)
            ON CONFLICT (user_id) DO UPDATE SET last_seq = last_seq + 1 RETURNING last_seq
            """,
        append: "INSERT INTO log (user_id, seq, kind, at, thing_id, other_id, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        emit: """
            WITH new AS MATERIALIZED (
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::text[]) AS event (user_id, kind, at, thing_id, other_id, detail)
            ), heads AS (
                INSERT INTO log_heads (user_id, last_seq) SELECT user_id, 1 FROM new ORDER BY user_id
                ON CONFLICT (user_id) DO UPDATE SET last_seq = log_heads.last_seq + 1
                RETURNING user_id, last_seq
            ), log AS (
                INSERT INTO log (user_id, seq, kind, at, thing_id, other_id, detail)
                SELECT user_id, last_seq, kind, at, thing_id, other_id, detail FROM new JOIN heads USING (user_id)
            )
            SELECT user_id, last_seq FROM heads ORDER BY user_id
            """
    )

    /// The tables of `mail-outbox`.
    static let mailOutbox = MailOutboxTable(
        insert: SQLText(
            sqlite: """
                INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """,
            postgres: """
                INSERT INTO mails (id, recipient, subject, body, created_at, attempts, next_at)
                VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz, $6::bigint, $7::timestamptz)
                """),
        isDue: SQLText(
            sqlite: "SELECT id FROM mails WHERE next_at <= ?1 ORDER BY next_at LIMIT 1",
            postgres: "SELECT id FROM mails WHERE next_at <= $1::timestamptz ORDER BY next_at LIMIT 1"),
        claim: SQLText(
            sqlite: """
                UPDATE mails SET attempts = attempts + 1, next_at = ?2
                WHERE id IN (SELECT id FROM mails WHERE next_at <= ?1 ORDER BY next_at LIMIT ?3)
                RETURNING id, recipient, subject, body, created_at, attempts, next_at
                """,
            postgres: """
                UPDATE mails SET attempts = attempts + 1, next_at = $2::timestamptz
                WHERE next_at <= $1::timestamptz AND id IN (SELECT id FROM mails WHERE next_at <= $1::timestamptz ORDER BY next_at LIMIT $3::bigint FOR UPDATE SKIP LOCKED)
                RETURNING id, recipient, subject, body, created_at, attempts, next_at
                """),
        postpone: SQLText(
            sqlite: "UPDATE mails SET next_at = ?2 WHERE id = ?1",
            postgres: "UPDATE mails SET next_at = $2::timestamptz WHERE id = $1::uuid"),
        remove: SQLText(
            sqlite: "DELETE FROM mails WHERE id = ?1",
            postgres: "DELETE FROM mails WHERE id = $1::uuid")
    )
}
