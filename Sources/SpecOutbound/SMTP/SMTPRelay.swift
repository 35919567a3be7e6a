public import SpecCore

/// A mail submission server (RFC 6409) and the credentials for it.
public struct SMTPRelay: Sendable, Equatable {
    public struct Credentials: Sendable, Equatable, Redacted {
        public let user: String
        public let password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// A name, or an address without brackets.
    public let host: String
    public let port: Int
    /// The credentials; nil connects without authentication.
    public let credentials: Credentials?
    public let author: MailAuthor
    /// A PEM file of authorities to trust instead of the system's.
    public let authorityFile: String?

    public init(host: String, port: Int, credentials: Credentials?, author: MailAuthor, authorityFile: String?) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.author = author
        self.authorityFile = authorityFile
    }

    /// True if the relay is on this machine: only then may the connection go without TLS.
    var isLocal: Bool { Loopback.contains(host) }
}
