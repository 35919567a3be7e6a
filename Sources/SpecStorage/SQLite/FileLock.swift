#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps a second process away from a database file, for as long as this one lives.
final class FileLock: Sendable {
    private let file: Int32

    /// Makes the database's folder where it is missing.
    /// - Throws: ``OpenError``.
    init(databasePath: String) throws {
        try FileLock.makeFolder(of: databasePath)
        let path = databasePath + ".lock"
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw OpenError.unusable(databasePath, "\(path): \(FileLock.reason)") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            systemClose(file)
            throw isTaken ? OpenError.inUse(databasePath) : OpenError.unusable(databasePath, FileLock.reason)
        }
        FileLock.makeFile(at: databasePath)
    }

    /// Makes the file where it is missing, for this user alone: SQLite would let everybody read it, and gives its log
    /// the same rights. What is wrong with the path, SQLite says.
    private static func makeFile(at path: String) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if file >= 0 { systemClose(file) }
    }

    func release() { flock(file, LOCK_UN) }

    deinit { systemClose(file) }

    private static func makeFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw OpenError.unusable(path, "the folder \(folder) cannot be made: \(reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

/// `close(2)`, in a place where the name means something else.
private func systemClose(_ file: Int32) { _ = close(file) }
