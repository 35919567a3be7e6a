import CPostgres
import SpecCore

/// Prepares statements without running them, so that a text that the server refuses is found before the first request.
struct PostgresStatementCheck {
    let connection: PostgresConnection

    /// - Throws: ``OpenError/statement(_:_:)`` for the first statement that cannot be used.
    func run(_ statements: [StatementText]) throws {
        for statement in statements {
            if let reason = failure(of: statement) { throw OpenError.statement("\(statement.name)", reason) }
        }
    }

    private func failure(of statement: StatementText) -> String? {
        let prepared = PQprepare(connection.pointer, "", "\(statement.postgres)", 0, nil)
        defer { PQclear(prepared) }
        guard PQresultStatus(prepared) == PGRES_COMMAND_OK else {
            return prepared.map { PostgresFailure($0).message }
                ?? PostgresFailure(connection: connection.pointer).message
        }
        guard let expected = statement.columnCount else { return nil }
        let description = PQdescribePrepared(connection.pointer, "")
        defer { PQclear(description) }
        let count = Int(PQnfields(description))
        return count == expected ? nil : "it returns \(count) columns, but \(expected) are declared"
    }
}
