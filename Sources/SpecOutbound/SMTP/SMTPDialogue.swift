import SpecCore

/// The client side of SMTP (RFC 5321) with STARTTLS (RFC 3207) and AUTH (RFC 4954), as a value: replies in, steps out.
struct SMTPDialogue {
    enum Step: Equatable {
        case say(String)
        /// Start TLS; continue with ``secured()``.
        case secure
        /// The dialogue succeeded; send the last command and close.
        case succeed(saying: String)
        case close
    }

    private enum State {
        case greeting, hello, startTLS
        /// AUTH, with the responses that are still to be sent.
        case auth(rest: [String])
        case mail, recipient, data, content, farewell
    }

    private let relay: SMTPRelay
    /// The mail to send; nil only checks that the relay accepts the connection.
    private let mail: Mail?
    /// The client's name in EHLO.
    private let client: String
    private let replyText: SMTPReplyText
    private var state = State.greeting
    private var isSecure = false
    private var features: [String] = []

    /// - Throws: ``MailRejected`` if the recipient is not a valid e-mail address.
    init(relay: SMTPRelay, mail: Mail?, client: String) throws {
        if let mail, !SMTPAddress.isPlain(mail.recipient) {
            throw MailRejected("the recipient is not a valid e-mail address")
        }
        self.relay = relay
        self.mail = mail
        self.client = client
        replyText = SMTPReplyText(relay, mail)
    }

    mutating func hear(_ reply: SMTPReply) throws -> Step {
        switch state {
        case .greeting:
            try expect(220, reply, "the connection")
            return hello()
        case .hello:
            try expect(250, reply, "EHLO")
            features = reply.lines.dropFirst().map { $0.uppercased() }
            return try helloHeard()
        case .startTLS:
            try expect(220, reply, "STARTTLS")
            return .secure
        case .auth(let rest): return try authHeard(reply, rest)
        case .mail, .recipient, .data, .content: return try mailHeard(reply)
        case .farewell: return .close
        }
    }

    /// Continues after the TLS handshake. Features that the relay offered before TLS are discarded.
    mutating func secured() -> Step {
        isSecure = true
        return hello()
    }

    private mutating func hello() -> Step {
        features = []
        return go(.hello, "EHLO \(client)")
    }

    private mutating func helloHeard() throws -> Step {
        if isSecure { return try signIn() }
        if features.contains("STARTTLS") { return go(.startTLS, "STARTTLS") }
        guard relay.isLocal else { throw SMTPFailure.insecure }
        return try signIn()
    }

    // MARK: AUTH

    private mutating func signIn() throws -> Step {
        guard let credentials = relay.credentials else { return begin() }
        let mechanisms = features.filter { $0.hasPrefix("AUTH ") || $0.hasPrefix("AUTH=") }
            .flatMap { $0.dropFirst(5).split(separator: " ") }
        if mechanisms.contains("PLAIN") {
            return go(.auth(rest: []), "AUTH PLAIN \(Base64.encode(credentials.plainResponse))")
        }
        guard mechanisms.contains("LOGIN") else { throw SMTPFailure.noMechanism }
        let answers = [credentials.user, credentials.password].map { Base64.encode(Array($0.utf8)) }
        return go(.auth(rest: answers), "AUTH LOGIN")
    }

    private mutating func authHeard(_ reply: SMTPReply, _ rest: [String]) throws -> Step {
        if reply.code == 334, let answer = rest.first { return go(.auth(rest: Array(rest.dropFirst())), answer) }
        try expect(235, reply, "AUTH")
        return begin()
    }

    // MARK: The mail

    private mutating func begin() -> Step {
        guard let mail else { return farewell() }
        let isWide = features.contains("8BITMIME") && !mail.isASCII
        return go(.mail, "MAIL FROM:<\(relay.author.address)>" + (isWide ? " BODY=8BITMIME" : ""))
    }

    private mutating func mailHeard(_ reply: SMTPReply) throws -> Step {
        guard let mail else { return farewell() }
        switch state {
        case .mail:
            try expectForMail([250], reply, "MAIL FROM")
            return go(.recipient, "RCPT TO:<\(mail.recipient)>")
        case .recipient:
            try expectForMail([250, 251], reply, "RCPT TO")
            return go(.data, "DATA")
        case .data:
            try expectForMail([354], reply, "DATA")
            state = .content
            return .say(mail.smtpData(from: relay.author))
        default:
            try expectForMail([250], reply, "the mail")
            return farewell()
        }
    }

    private mutating func farewell() -> Step {
        state = .farewell
        return .succeed(saying: "QUIT\r\n")
    }

    private mutating func go(_ next: State, _ line: String) -> Step {
        state = next
        return .say(line + "\r\n")
    }

    // MARK: Replies

    private func expect(_ code: Int, _ reply: SMTPReply, _ command: String) throws {
        guard reply.code == code else { throw SMTPFailure.refused(command, replyText.text(of: reply)) }
    }

    /// Codes of RFC 4954 about authentication, not about the mail.
    private static let aboutSigningIn = [530, 534, 535, 538]

    private func expectForMail(_ codes: [Int], _ reply: SMTPReply, _ command: String) throws {
        if codes.contains(reply.code) { return }
        let failure = SMTPFailure.refused(command, replyText.text(of: reply))
        let isForGood = (500..<600).contains(reply.code) && !Self.aboutSigningIn.contains(reply.code)
        throw isForGood ? MailRejected("\(failure)") : failure
    }
}

/// E-mail addresses that are safe in a command.
package enum SMTPAddress {
    /// True for printable ASCII without the special characters of RFC 5321's grammar, so that it cannot end a command
    /// or begin another.
    package static func isPlain(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.utf8.allSatisfy { 0x21..<0x7F ~= $0 && !"<>()[],;:\\\"".utf8.contains($0) }
    }
}

extension Mail {
    /// True if all bytes are ASCII.
    var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// The mail as DATA takes it: lines that begin with a dot are dot-stuffed (RFC 5321, 4.5.2), and a final dot ends
    /// it.
    func smtpData(from author: MailAuthor) -> String {
        let lines = rfc5322(from: author).split(separator: "\r\n", omittingEmptySubsequences: false)
        let stuffed = lines.dropLast().map { $0.hasPrefix(".") ? ".\($0)" : String($0) }
        return stuffed.joined(separator: "\r\n") + "\r\n.\r\n"
    }
}
