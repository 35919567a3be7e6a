/// A server that takes mails to be sent on (RFC 6409), and how to sign in there.
public struct SMTPRelay: Sendable, Equatable {
    public struct Credentials: Sendable, Equatable {
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
    /// nil: nobody signs in.
    public let credentials: Credentials?
    public let author: MailAuthor
    /// A PEM file of the authorities to trust in the place of the system's.
    public let authorityFile: String?

    public init(host: String, port: Int, credentials: Credentials?, author: MailAuthor, authorityFile: String?) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.author = author
        self.authorityFile = authorityFile
    }

    /// Whether what is said stays on this machine: only there may it be said without TLS.
    var isLocal: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
