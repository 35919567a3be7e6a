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
    init(_ total: Int) {
        precondition(total >= PostgresStore.connectionsMin, "a store has a connection for each purpose")
        let pipelines = total < Self.pairsMin ? 1 : 2
        (reads, writes, sessions) = (pipelines, pipelines, total - 2 * pipelines - 2)
    }
}
