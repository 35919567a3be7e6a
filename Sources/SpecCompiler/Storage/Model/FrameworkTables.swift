/// The framework's tables, with the columns that its statements use.
struct FrameworkTables {
    /// The column of the user in each of the tables.
    static let user = "user_id"
    /// The columns of an event log beside its ids.
    static let eventColumns = [user, "seq", "kind", "at", "detail"]

    private let framework: FrameworkModel

    init(_ framework: FrameworkModel) {
        self.framework = framework
    }

    var all: [TableModel] {
        let log = framework.eventLog.map { [heads($0), events($0)] } ?? []
        return [framework.mailOutbox.map(mailOutbox)].compactMap { $0 } + log
            + [framework.idempotency.map(idempotency)].compactMap { $0 }
    }

    private func table(
        _ name: String, _ documentation: String..., columns: [(String, String)], key: [String]
    ) -> TableModel {
        var table = TableModel(name: name)
        table.documentation = documentation
        table.columns = columns.compactMap { ColumnText.column($0, $1) }
        table.key = key
        return table
    }

    private func mailOutbox(_ name: String) -> TableModel {
        var table = table(
            name, "E-mails waiting to be sent.",
            columns: [
                ("id", "identifier"), ("recipient", "text"), ("subject", "text"), ("body", "text"),
                ("created_at", "timestamp"), ("attempts", "integer"), ("next_at", "timestamp"),
            ], key: ["id"])
        table.indexes = [["next_at"]]
        return table
    }

    private func heads(_ log: EventLogModel) -> TableModel {
        var table = table(
            log.heads, "Position of the last event per user.",
            columns: [(Self.user, "identifier"), ("last_seq", "integer")], key: [Self.user])
        table.references = log.users.map { [$0] } ?? []
        return table
    }

    private func events(_ log: EventLogModel) -> TableModel {
        table(
            log.table, "Event log per user, without gaps. A row holds the kind and ids; the payload is built when it",
            "is read. There is no foreign key: an event is written together with its head in `\(log.heads)`.",
            columns: [
                (Self.user, "identifier"), ("seq", "integer"), ("kind", "text"), (log.ids[0], "identifier?"),
                ("at", "timestamp"), (log.ids[1], "identifier?"), ("detail", "text?"),
            ], key: [Self.user, "seq"])
    }

    private func idempotency(_ name: String) -> TableModel {
        var table = table(
            name, "Requests with an `Idempotency-Key` and their stored responses; the status is null while the first",
            "request runs, which holds `claim` meanwhile. A response that is made anew has the id of its subject instead",
            "of a body, and `signed_urls` are the places in a body of the references to be signed anew.",
            columns: [
                ("scope", "text"), ("operation", "text"), ("name", "text"), ("fingerprint", "bytes"),
                ("status", "integer?"), ("fields", "text?"), ("body", "bytes?"), ("created_at", "timestamp"),
                ("claim", "identifier?"), (Self.user, "identifier?"), ("subject_id", "identifier?"),
                ("signed_urls", "text?"),
            ], key: ["scope", "operation", "name"])
        table.indexes = [["created_at"], [Self.user]]
        return table
    }
}
