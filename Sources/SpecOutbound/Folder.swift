#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that files are put into.
enum Folder {
    /// Makes it where it is missing, its parents too, for this user alone.
    static func make(_ path: String) throws(FolderUnusable) {
        var made = path.hasPrefix("/") ? "" : "."
        for step in path.split(separator: "/") {
            made += "/\(step)"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw FolderUnusable("mkdir", made) }
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw FolderUnusable("access", path) }
    }
}

/// Why files cannot be put into a folder.
public struct FolderUnusable: Error, CustomStringConvertible {
    /// The call that failed, its path, and `errno` in words.
    public let description: String

    init(_ call: String, _ path: String) {
        description = "\(call) \(path): \(String(cString: strerror(errno)))"
    }
}
