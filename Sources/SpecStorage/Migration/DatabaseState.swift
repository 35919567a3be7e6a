/// The state of a database before a start.
public enum DatabaseState: Sendable, Equatable {
    /// There is no database, or it is empty; the first start creates its tables.
    case absent
    /// The names of the migrations that the next start applies.
    case present(pending: [String])
}
