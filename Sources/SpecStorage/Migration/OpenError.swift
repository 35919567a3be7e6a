/// An error that prevents opening a database; each is one line for the operator.
public enum OpenError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process uses the file.
    case inUse(String)
    /// The file, its folder or the address cannot be used.
    case unusable(String, String)
    /// A migration was edited after it was applied.
    case edited(String)
    /// The database has a migration that is unknown to this program.
    case newer(String)
    /// PostgreSQL cannot prepare a statement of the spec.
    case statement(String, String)

    public var description: String {
        switch self {
        case .inUse(let path): "\(path) is in use by another process; only one server can use a file."
        case .unusable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .edited(let name): "migration \(name) was edited after it was applied; applied migrations must not change."
        case .statement(let name, let reason): "PostgreSQL refuses the query \(name): \(reason)"
        case .newer(let name): "the database is newer than this program: it has migration \(name)."
        }
    }
}
