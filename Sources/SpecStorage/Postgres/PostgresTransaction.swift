import CPostgres
import SpecCore

/// Runs queries in the transaction of a session.
struct PostgresTransaction: Transaction {
    let session: PostgresSession
    /// Whether rows found by their key are locked.
    let locksRows: Bool

    func all<Row>(_ query: Query<Row>) throws -> [Row] {
        let statement = PostgresConnection.Statement(
            text: query.text.postgres, locksRows: locksRows && query.findsByKey)
        return try inStoreWords {
            try session.run(statement, query.values) { try PostgresRow.all(of: $0, query.read) }
        }
    }

    func execute(_ query: Query<Void>) throws -> Int {
        let statement = PostgresConnection.Statement(text: query.text.postgres)
        return try inStoreWords {
            try session.run(statement, query.values) { Int(String(cString: PQcmdTuples($0))) ?? 0 }
        }
    }

    private func inStoreWords<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let failure as PostgresFailure {
            throw failure.storeError
        }
    }
}
