/// The properties of a named write.
package struct WriteModel: Sendable, Equatable {
    /// Row locks that are taken before the write.
    package struct Locks: Sendable, Equatable {
        package var table: String
        package var key: [ColumnModel]
        /// The parameters of all keys, concatenated.
        package var parameters: [ColumnModel]

        /// The parameters of each key.
        package var keys: [[ColumnModel]] {
            stride(from: 0, to: parameters.count, by: key.count).map { Array(parameters[$0..<$0 + key.count]) }
        }

        /// The PostgreSQL statement that locks the rows in the order of their keys; `$1`, `$2` … are arrays, one per
        /// key column.
        package var postgres: String {
            let arrays = key.enumerated().map { "$\($0 + 1)::\($1.type.postgres)[]" }.joined(separator: ", ")
            let names = key.map(\.name)
            let isSame = names.map { "t.\($0) = k.\($0)" }.joined(separator: " AND ")
            let order = names.map { "t.\($0)" }.joined(separator: ", ")
            return "SELECT FROM \(table) t JOIN unnest(\(arrays)) AS k (\(names.joined(separator: ", "))) "
                + "ON \(isSame) ORDER BY \(order) FOR NO KEY UPDATE OF t"
        }
    }

    /// The event of one user that the write logs, as its result tells.
    package struct Emit: Sendable, Equatable {
        /// The parameter or result column with the user; null: there is no event.
        package var user: ColumnModel
        package var isParameter: Bool
        /// The result column with the position in the user's log; null: there is no event.
        package var seq: ColumnModel
    }

    /// True if PostgreSQL's statement takes the rows of many writes, as one array per parameter.
    package var takesRows = false
    /// The locks, in the order in which they are taken.
    package var locks: [Locks] = []
    package var emits: [Emit] = []
}
