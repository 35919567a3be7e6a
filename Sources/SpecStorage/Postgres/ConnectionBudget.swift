import SpecCore

/// The connections of a node, by purpose.
struct ConnectionBudget {
    /// The number from which on reads, and named writes, have two connections.
    private static let pairsMin = 9

    /// The connections of the pipelined reads.
    let reads: Int
    /// The connections of the named writes.
    let writes: Int
    /// The connections of changes and of reads of several steps.
    let sessions: Int

    /// - Parameter total: at least ``PostgresStore/connectionsMin``. One connection listens for announcements, another
    ///   sends them.
    /// - Throws: ``ConfigurationError`` for fewer.
    init(_ total: Int) throws {
        guard total >= PostgresStore.connectionsMin else {
            throw ConfigurationError(
                "PostgresStore needs at least \(PostgresStore.connectionsMin) connections, not \(total)")
        }
        let pipelines = total < Self.pairsMin ? 1 : 2
        (reads, writes, sessions) = (pipelines, pipelines, total - 2 * pipelines - 2)
    }
}
