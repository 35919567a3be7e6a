#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small file of a request or its answer, complete from the moment its name exists.
struct RequestFile {
    /// The most bytes of a file; enough for any e-mail address.
    private static let bytesMax = 4_096

    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Returns false if it could not be written.
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let temporary = path + ".tmp"
        guard bytes.count <= Self.bytesMax else { return false }
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        defer { unlink(temporary) }
        let isWritten = systemWrite(file, bytes, bytes.count) == bytes.count
        close(file)
        return isWritten && rename(temporary, path) == 0
    }

    /// The text; nil if there is no such file, or another user may have written it.
    func read() -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, Self.isOurs(status), status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: Self.bytesMax)
        let count = systemRead(file, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    func remove() { unlink(path) }

    /// True for a file or folder of this user, or of root, that others cannot write to.
    static func isOurs(_ status: stat) -> Bool {
        (status.st_uid == geteuid() || status.st_uid == 0) && status.st_mode & 0o022 == 0
    }
}
