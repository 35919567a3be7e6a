import GRDB
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A database file that is only looked at, possibly beside the server that uses it: nothing is created or changed.
struct SQLiteView {
    let path: String

    /// - Returns: the value of `body`; nil if there is no database yet.
    /// - Throws: ``OpenError``, or what `body` throws.
    func read<Value>(_ body: (GRDB.Database) throws -> Value) throws -> Value? {
        guard let size = try size(of: path), size > 0 else { return nil }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: try address(), configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase(body)
        } catch let error as OpenError {
            throw error
        } catch {
            throw OpenError.unusable(path, "\(error)")
        }
    }

    /// The file as a URI for SQLite. Without a server and a log nothing changes it: then it is opened as immutable, or
    /// SQLite would create a log.
    private func address() throws -> String {
        let real = realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let isImmutable = try !FileLock.isLocked(path) && (size(of: "\(real ?? path)-wal") ?? 0) == 0
        return "file:\(Self.escaped(real ?? path))" + (isImmutable ? "?immutable=1" : "")
    }

    /// Escapes what ends the path of a URI.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    /// Returns nil if there is no such file.
    private func size(of path: String) throws -> Int64? {
        var status = stat()
        guard stat(path, &status) != 0 else { return Int64(status.st_size) }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw OpenError.unusable(self.path, String(cString: strerror(errno)))
        }
        return nil
    }
}
