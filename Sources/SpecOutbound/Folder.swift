#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder for files.
public enum Folder {
    /// Creates it and its parents if they are missing, accessible to this user alone.
    public static func make(_ path: String) throws(FolderUnusable) {
        var made = path.hasPrefix("/") ? "" : "."
        for step in path.split(separator: "/") {
            made += "/\(step)"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw FolderUnusable("mkdir", made) }
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw FolderUnusable("access", path) }
    }

    /// The names in it, except those that begin with a dot; empty if it does not exist.
    public static func names(in path: String) throws(FolderUnusable) -> [String] {
        guard let list = opendir(path) else {
            guard errno == ENOENT else { throw FolderUnusable("opendir", path) }
            return []
        }
        defer { closedir(list) }
        var names: [String] = []
        while let entry = readdir(list) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Checks whether files can be created in it, and changes nothing.
    /// - Returns: false if it does not exist but can be created.
    public static func look(at path: String) throws(FolderUnusable) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 {
            errno = ENOTDIR
            guard status.st_mode & S_IFMT == S_IFDIR else { throw FolderUnusable("open", path) }
            guard access(path, R_OK | W_OK | X_OK) == 0 else { throw FolderUnusable("access", path) }
            return true
        }
        guard errno == ENOENT else { throw FolderUnusable("open", path) }
        let steps = path.split(separator: "/").dropLast()
        _ = try look(at: (path.hasPrefix("/") ? "/" : steps.isEmpty ? "." : "") + steps.joined(separator: "/"))
        return false
    }
}

/// A folder in which files cannot be created.
public struct FolderUnusable: Error, CustomStringConvertible {
    /// The call that failed, its path, and the text of `errno`.
    public let description: String

    init(_ call: String, _ path: String) {
        description = "\(call) \(path): \(String(cString: strerror(errno)))"
    }
}
