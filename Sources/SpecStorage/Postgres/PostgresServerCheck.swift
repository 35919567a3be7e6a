import SpecCore

/// Refuses a server that cannot serve this program, before anything is done with it.
struct PostgresServerCheck {
    /// The number of times that two connections are compared: a pooler may give each its own server by chance.
    private static let rounds = 4

    let address: PostgresAddress

    /// - Throws: ``OpenError``, ``PostgresFailure``.
    func run() throws {
        let first = try PostgresConnection(plain: address)
        try checkEncoding(first)
        try checkSessions(first, try PostgresConnection(plain: address))
    }

    /// Text of other encodings is converted by the server, which cannot hold all of it.
    private func checkEncoding(_ connection: PostgresConnection) throws {
        let encoding = try connection.execute("SHOW server_encoding")[0][0]
        guard encoding == "UTF8" else {
            throw OpenError.unusable(
                address.description,
                "the encoding of the database is \(encoding); create one with ENCODING 'UTF8' TEMPLATE template0.")
        }
    }

    /// Checks that each connection is a session of its own: a setting that is made on one, outside of a transaction, is
    /// there again while the other is inside of one, and is never on the other.
    private func checkSessions(_ first: PostgresConnection, _ second: PostgresConnection) throws {
        let mark = "\(Identifier.make())"
        let read = "SELECT current_setting('spec.session', true)"
        try first.execute("SET spec.session = '\(mark)'")
        for _ in 0..<Self.rounds {
            try second.execute("BEGIN")
            guard try second.execute(read) != [[mark]], try first.execute(read) == [[mark]] else { throw pooled }
            try second.execute("COMMIT")
            guard try first.execute(read) == [[mark]] else { throw pooled }
        }
    }

    private var pooled: OpenError {
        .unusable(
            address.description,
            "a pooler in front of it gives each transaction another session; use its session mode, or none.")
    }
}
