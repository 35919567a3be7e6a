import NIOConcurrencyHelpers

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An exclusive lock of a database file, whichever path leads to it, until it is released or this process ends.
///
/// It is `flock` on the file itself, with a descriptor that is opened before those of SQLite and closed after them:
/// closing any descriptor of a file drops the locks that SQLite holds on it in the same process (POSIX).
final class FileLock: Sendable {
    /// The files that this process has locked: such a file must not even be opened.
    private static let held = NIOLockedValueBox(Set<FileIdentity>())

    private let identity: FileIdentity
    private let file: NIOLockedValueBox<Int32?>

    /// Creates the file if it does not exist, and its folder.
    /// - Throws: ``OpenError``.
    init(databasePath path: String) throws {
        try FileLock.makeFolder(of: path)
        let (file, identity) = try FileLock.held.withLockedValue { held in
            if let known = FileIdentity(path: path), held.contains(known) { throw OpenError.inUse(path) }
            let (file, identity) = try FileLock.lock(path)
            held.insert(identity)
            return (file, identity)
        }
        self.identity = identity
        self.file = NIOLockedValueBox(file)
    }

    deinit { release() }

    /// Releases the lock; SQLite must have closed the file.
    func release() {
        guard let file = file.withLockedValue({ $0.take() }) else { return }
        FileLock.held.withLockedValue { held in
            // Closing alone would leave it with a child process that was forked and has not yet executed its program.
            flock(file, LOCK_UN)
            systemClose(file)
            held.remove(identity)
        }
    }

    /// True if this or another process has locked the file.
    static func isLocked(_ path: String) -> Bool {
        held.withLockedValue { held in
            if let known = FileIdentity(path: path), held.contains(known) { return true }
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return false }
            defer { systemClose(file) }
            return flock(file, LOCK_SH | LOCK_NB) != 0
        }
    }

    private static func lock(_ path: String) throws -> (Int32, FileIdentity) {
        // Readable only by this user: SQLite would make it readable for everyone, and gives its log the same permissions.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw OpenError.unusable(path, reason) }
        do {
            let identity = try check(file, path)
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                throw errno == EWOULDBLOCK ? OpenError.inUse(path) : OpenError.unusable(path, reason)
            }
            return (file, identity)
        } catch {
            systemClose(file)
            throw error
        }
    }

    private static func check(_ file: Int32, _ path: String) throws -> FileIdentity {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw OpenError.unusable(path, reason) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw OpenError.unusable(path, "it is not a regular file.") }
        // Root may write to it, but was told not to.
        guard status.st_mode & 0o222 != 0 else { throw OpenError.unusable(path, "the file is read-only.") }
        guard status.st_nlink == 1 else {
            throw OpenError.unusable(
                path, "it has \(status.st_nlink) names (hard links), and SQLite would keep a log for each; keep one.")
        }
        return FileIdentity(status)
    }

    private static func makeFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw OpenError.unusable(path, "the folder \(folder) could not be created: \(reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

/// The device and inode of a file, the same under all its names.
struct FileIdentity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Fails if there is no file at the path.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// Calls `close(2)`, whose name means a method inside the class.
private func systemClose(_ file: Int32) { _ = close(file) }
