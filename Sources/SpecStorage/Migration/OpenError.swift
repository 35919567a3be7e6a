/// Why a database cannot be opened; each is one line for the operator.
public enum OpenError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process has the file.
    case inUse(String)
    /// The file or its folder cannot be used.
    case unusable(String, String)
    /// A migration that was applied has another text now.
    case edited(String)
    /// The database has a migration that this program does not know.
    case newer(String)

    public var description: String {
        switch self {
        case .inUse(let path): "\(path) belongs to another process that is running; a file has one server."
        case .unusable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .edited(let name): "migration \(name) was applied with another text; applied migrations never change."
        case .newer(let name): "the database is newer than this program: it has migration \(name)."
        }
    }
}
