import SpecCore

/// Replies as text for logs, without what a server may repeat of a conversation: credentials, the recipient, tokens.
struct SMTPReplyText {
    /// The most characters of a text.
    private static let charactersMax = 300
    /// The least characters of a word of the mail that counts as a token.
    private static let tokenCharactersMin = 16
    private static let mark = "[redacted]"

    /// The texts that are replaced, longest first.
    private let secrets: [String]

    init(_ relay: SMTPRelay, _ mail: Mail?) {
        var secrets: [String] = []
        if let credentials = relay.credentials {
            let texts = [credentials.user, credentials.password]
            let bytes = texts.map { Array($0.utf8) } + [credentials.plainResponse]
            secrets += texts + bytes.map { Base64.encode($0) }
        }
        if let mail {
            let words = mail.text.split(whereSeparator: \.isWhitespace).filter { $0.count >= Self.tokenCharactersMin }
            secrets += [mail.recipient] + words.map { String($0) }
        }
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The reply as one line, printable and bounded. Words with an @ are left out, as a server may rewrite an address.
    func text(of reply: SMTPReply) -> String {
        let said = secrets.reduce(reply.lines.joined(separator: " ")) { $0.replacing($1, with: Self.mark) }
        let words = said.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.contains("@") ? Self.mark : String($0) }
        let text = "\(reply.code) " + words.joined(separator: " ")
        let shown = text.unicodeScalars.filter { 0x20..<0x7F ~= $0.value }.prefix(Self.charactersMax)
        return String(String.UnicodeScalarView(shown))
    }
}

extension SMTPRelay.Credentials {
    /// The response of AUTH PLAIN (RFC 4616), before base64.
    var plainResponse: [UInt8] { [0] + Array(user.utf8) + [0] + Array(password.utf8) }
}
