/// The statements of the framework's tables.
struct FrameworkStatements {
    /// A statement of one of SpecCore's types, such as `EventLogTable`.
    struct Entry {
        /// The member of the type.
        let label: String
        /// The text of each engine on which the statement runs.
        let texts: [SQLEngine: String]
        let parameters: [ColumnModel]
        /// The columns of the result; nil: it returns no rows.
        var columns: [ColumnModel]?
        /// True if each parameter is an array on PostgreSQL.
        var takesRows = false
    }

    /// The statements of one feature.
    struct Feature {
        /// The name in `schema.yaml`, and of the generated constant.
        let name: String
        let constant: String
        /// The type in SpecCore.
        let type: String
        let entries: [Entry]
    }

    private let framework: FrameworkModel

    init(_ framework: FrameworkModel) {
        self.framework = framework
    }

    var features: [Feature] {
        [
            framework.idempotency.map(idempotency), framework.eventLog.map(eventLog),
            framework.mailOutbox.map(mailOutbox),
        ].compactMap { $0 }
    }

    static func columns(_ text: String) -> [ColumnModel] {
        text.split(separator: ",").compactMap { item in
            let words = item.split(separator: " ").map(String.init)
            return ColumnText.column(words[0], words[1])
        }
    }

    /// A statement for both engines, or with a text of its own for PostgreSQL. `:name` is a parameter.
    private func entry(
        _ label: String, _ parameters: String, returning columns: String? = nil, _ sqlite: String,
        postgres: String? = nil
    ) -> Entry {
        let parameters = Self.columns(parameters)
        func text(_ text: String, _ engine: SQLEngine) -> String {
            Placeholders.lower(text, parameters, engine)
        }
        return Entry(
            label: label, texts: [.sqlite: text(sqlite, .sqlite), .postgres: text(postgres ?? sqlite, .postgres)],
            parameters: parameters, columns: columns.map(Self.columns))
    }

    // MARK: Event log

    private func eventLog(_ log: EventLogModel) -> Feature {
        let (heads, ids) = (log.heads, log.ids)
        let columns = "kind, at, \(ids[0]), \(ids[1]), detail"
        let event = "kind text, at timestamp, \(ids[0]) identifier?, \(ids[1]) identifier?, detail text?"
        return Feature(
            name: "event-log", constant: "eventLog", type: "EventLogTable",
            entries: [
                Entry(
                    label: "advance",
                    texts: [
                        .sqlite: """
                        INSERT INTO \(heads) (user_id, last_seq) VALUES (?1, 1)
                        ON CONFLICT (user_id) DO UPDATE SET last_seq = last_seq + 1 RETURNING last_seq
                        """
                    ], parameters: Self.columns("user_id identifier"), columns: Self.columns("last_seq integer")),
                Entry(
                    label: "append",
                    texts: [
                        .sqlite: """
                        INSERT INTO \(log.table) (user_id, seq, \(columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                        """
                    ],
                    parameters: Self.columns("user_id identifier, seq integer, \(event)")),
                emit(log, columns, Self.columns("user_id identifier, \(event)")),
            ])
    }

    private func emit(_ log: EventLogModel, _ columns: String, _ parameters: [ColumnModel]) -> Entry {
        let arrays = parameters.enumerated().map { Placeholders.mark($0 + 1, $1, .postgres) + "[]" }
        let names = parameters.map(\.name).joined(separator: ", ")
        let text = """
            WITH new AS MATERIALIZED (
                SELECT * FROM unnest(\(arrays.joined(separator: ", "))) AS event (\(names))
            ), heads AS (
                INSERT INTO \(log.heads) (user_id, last_seq) SELECT user_id, 1 FROM new ORDER BY user_id
                ON CONFLICT (user_id) DO UPDATE SET last_seq = \(log.heads).last_seq + 1
                RETURNING user_id, last_seq
            ), log AS (
                INSERT INTO \(log.table) (user_id, seq, \(columns))
                SELECT user_id, last_seq, \(columns) FROM new JOIN heads USING (user_id)
            )
            SELECT user_id, last_seq FROM heads ORDER BY user_id
            """
        return Entry(
            label: "emit", texts: [.postgres: text], parameters: parameters,
            columns: Self.columns("user_id identifier, last_seq integer"), takesRows: true)
    }

    // MARK: Idempotency

    private func idempotency(_ table: String) -> Feature {
        let key = "scope text, operation text, name text"
        let isKey = "scope = :scope AND operation = :operation AND name = :name"
        let isHeld = "\(isKey) AND claim = :claim AND status IS NULL"
        return Feature(
            name: "idempotency", constant: "idempotency", type: "IdempotencyTable",
            entries: [
                entry(
                    "begin",
                    "\(key), claim identifier, fingerprint bytes, now timestamp, kept_since timestamp, "
                        + "alive_since timestamp, user_id identifier?",
                    """
                    INSERT INTO \(table) (scope, operation, name, claim, fingerprint, created_at, user_id)
                    VALUES (:scope, :operation, :name, :claim, :fingerprint, :now, :user_id)
                    ON CONFLICT (scope, operation, name) DO UPDATE
                    SET claim = EXCLUDED.claim, fingerprint = EXCLUDED.fingerprint, created_at = EXCLUDED.created_at,
                        user_id = EXCLUDED.user_id, status = NULL, fields = NULL, body = NULL, subject_id = NULL,
                        signed_urls = NULL
                    WHERE \(table).created_at < :kept_since
                        OR \(table).status IS NULL AND \(table).created_at < :alive_since
                    """),
                entry(
                    "find", key,
                    returning: "fingerprint bytes, status integer?, fields text?, body bytes?, subject_id identifier?, "
                        + "signed_urls text?",
                    "SELECT fingerprint, status, fields, body, subject_id, signed_urls FROM \(table) WHERE \(isKey)"),
                entry(
                    "renew", "\(key), claim identifier, now timestamp",
                    "UPDATE \(table) SET created_at = :now WHERE \(isHeld)"),
                entry(
                    "keep",
                    "\(key), claim identifier, fingerprint bytes, status integer, fields text, body bytes?, "
                        + "user_id identifier?, subject_id identifier?, signed_urls text?",
                    """
                    UPDATE \(table) SET claim = NULL, fingerprint = :fingerprint, status = :status, fields = :fields,
                        body = :body, user_id = :user_id, subject_id = :subject_id, signed_urls = :signed_urls
                    WHERE \(isHeld)
                    """),
                entry("forget", "\(key), claim identifier", "DELETE FROM \(table) WHERE \(isHeld)"),
                entry("forgetUser", "user_id identifier", "DELETE FROM \(table) WHERE user_id = :user_id"),
                entry(
                    "prune", "operation text, kept_since timestamp, limit integer",
                    """
                    DELETE FROM \(table) WHERE (scope, operation, name) IN (
                        SELECT scope, operation, name FROM \(table)
                        WHERE created_at < :kept_since AND operation = :operation ORDER BY created_at LIMIT :limit)
                    """),
            ])
    }

    // MARK: Mail outbox

    private func mailOutbox(_ table: String) -> Feature {
        let columns = "id, recipient, subject, body, created_at, attempts, next_at"
        let row =
            "id identifier, recipient text, subject text, body text, created_at timestamp, attempts integer, "
            + "next_at timestamp"
        let due = "SELECT id FROM \(table) WHERE next_at <= :now ORDER BY next_at LIMIT"
        return Feature(
            name: "mail-outbox", constant: "mailOutbox", type: "MailOutboxTable",
            entries: [
                entry(
                    "insert", row,
                    """
                    INSERT INTO \(table) (\(columns))
                    VALUES (:id, :recipient, :subject, :body, :created_at, :attempts, :next_at)
                    """),
                entry("isDue", "now timestamp", returning: "id identifier", "\(due) 1"),
                // Nodes that claim at the same time get different mails; `next_at` is checked again because another node
                // may have changed a row meanwhile.
                entry(
                    "claim", "now timestamp, until timestamp, limit integer", returning: row,
                    """
                    UPDATE \(table) SET attempts = attempts + 1, next_at = :until
                    WHERE id IN (\(due) :limit)
                    RETURNING \(columns)
                    """,
                    postgres: """
                        UPDATE \(table) SET attempts = attempts + 1, next_at = :until
                        WHERE next_at <= :now AND id IN (\(due) :limit FOR UPDATE SKIP LOCKED)
                        RETURNING \(columns)
                        """),
                entry(
                    "postpone", "id identifier, next_at timestamp",
                    "UPDATE \(table) SET next_at = :next_at WHERE id = :id"),
                entry("remove", "id identifier", "DELETE FROM \(table) WHERE id = :id"),
            ])
    }
}
