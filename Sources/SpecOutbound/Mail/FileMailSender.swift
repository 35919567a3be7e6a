public import NIOPosix
public import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Puts mails into a folder as `.eml` files, each complete from the moment its name is there.
public struct FileMailSender: MailSender {
    /// Why a mail could not be written; `errno` in words.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let folder: String
    private let author: MailAuthor
    private let threads: NIOThreadPool

    /// - Parameters:
    ///   - folder: made when it is missing, its parents too.
    ///   - author: the `From` field.
    ///   - threads: where files are written.
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

    /// Written beside its final name and renamed, so that a reader never sees half a mail.
    private static func write(_ text: String, to path: String) throws {
        let draft = path + ".tmp"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open", draft) }
        defer { close(file) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { posixWrite(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write", draft) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure("fsync", draft) }
        guard rename(draft, path) == 0 else { throw failure("rename", path) }
    }

    private static func failure(_ call: String, _ path: String) -> Failure {
        Failure(description: "\(call) \(path): \(String(cString: strerror(errno)))")
    }
}

/// `write(2)`, which has the name of a method here.
private func posixWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, start, count)
}
