public import NIOPosix
public import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes mails as `.eml` files into a folder; each appears under its name only when it is complete.
public struct FileMailSender: MailSender {
    /// A mail that could not be written; the description has the text of `errno`.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let folder: String
    private let author: MailAuthor
    private let threads: NIOThreadPool

    /// - Parameters:
    ///   - folder: created if it is missing, its parents too.
    ///   - author: the `From` field.
    ///   - threads: the pool on which files are written.
    /// - Throws: ``FolderUnusable``.
    public init(folder: String, author: MailAuthor, threads: NIOThreadPool) throws {
        try Folder.make(folder)
        self.folder = folder
        self.author = author
        self.threads = threads
    }

    public func send(_ mail: Mail) async throws {
        let text = mail.rfc5322(from: author)
        let path = "\(folder)/\(mail.id).eml"
        try await threads.runIfActive { try Self.write(text, to: path) }
    }

    /// Removes the mails that were written before a time.
    /// - Throws: an error if the folder cannot be read; a file that cannot be removed stays.
    public func removeMails(before time: Timestamp) async throws {
        let folder = folder
        let seconds = time.milliseconds / 1_000
        try await threads.runIfActive {
            for name in try Folder.names(in: folder) where name.hasSuffix(".eml") || name.hasSuffix(".eml.tmp") {
                let path = "\(folder)/\(name)"
                var status = stat()
                if stat(path, &status) == 0, status.st_mtim.tv_sec < seconds { unlink(path) }
            }
        }
    }

    /// Writes the file beside its final name and renames it, so that a reader never sees half a mail.
    private static func write(_ text: String, to path: String) throws {
        let temporary = path + ".tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("open", temporary) }
        defer { close(file) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { posixWrite(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write", temporary) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure("fsync", temporary) }
        guard rename(temporary, path) == 0 else { throw failure("rename", path) }
    }

    private static func failure(_ call: String, _ path: String) -> Failure {
        Failure(description: "\(call) \(path): \(String(cString: strerror(errno)))")
    }
}

/// `write(2)`, which has the name of a method here.
private func posixWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, start, count)
}
