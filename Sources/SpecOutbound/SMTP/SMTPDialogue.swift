import SpecCore

/// The client's side of RFC 5321 with STARTTLS (RFC 3207) and AUTH (RFC 4954), as a value: replies in, steps out.
struct SMTPDialogue {
    enum Step: Equatable {
        case say(String)
        /// TLS begins; ``secured()`` goes on.
        case secure
        /// All is done; the words are a farewell.
        case succeed(saying: String)
        case close
    }

    private enum State {
        case greeting, hello, startTLS
        /// What AUTH still asks for.
        case auth(rest: [String])
        case mail, recipient, data, content, farewell
    }

    private let relay: SMTPRelay
    /// nil: only to see whether the relay would take one.
    private let mail: Mail?
    /// How this client calls itself.
    private let client: String
    private var state = State.greeting
    private var isSecure = false
    private var features: [String] = []

    /// - Throws: ``MailRefused`` for a recipient that is no address.
    init(relay: SMTPRelay, mail: Mail?, client: String) throws {
        if let mail, !SMTPAddress.isPlain(mail.recipient) { throw MailRefused("the recipient is no address") }
        self.relay = relay
        self.mail = mail
        self.client = client
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

    /// What the relay said before TLS counts no more.
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
        let (user, password) = (Array(credentials.user.utf8), Array(credentials.password.utf8))
        if mechanisms.contains("PLAIN") {
            return go(.auth(rest: []), "AUTH PLAIN \(Base64.encode([0] + user + [0] + password))")
        }
        guard mechanisms.contains("LOGIN") else { throw SMTPFailure.noMechanism }
        return go(.auth(rest: [Base64.encode(user), Base64.encode(password)]), "AUTH LOGIN")
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
        guard reply.code == code else { throw SMTPFailure.refused(command, reply.words) }
    }

    /// Codes of RFC 4954 about who asks, not about the mail.
    private static let aboutSigningIn = [530, 534, 535, 538]

    private func expectForMail(_ codes: [Int], _ reply: SMTPReply, _ command: String) throws {
        if codes.contains(reply.code) { return }
        let failure = SMTPFailure.refused(command, reply.words)
        let isForGood = (500..<600).contains(reply.code) && !Self.aboutSigningIn.contains(reply.code)
        throw isForGood ? MailRefused("\(failure)") : failure
    }
}

/// Addresses as they may stand in a command.
package enum SMTPAddress {
    /// Nothing that could end the command or begin another: printable ASCII without the marks of RFC 5321's grammar.
    package static func isPlain(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.utf8.allSatisfy { 0x21..<0x7F ~= $0 && !"<>()[],;:\\\"".utf8.contains($0) }
    }
}

extension Mail {
    /// Whether every byte of it has seven bits.
    var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// The mail as DATA takes it: a dot before each line that begins with one (RFC 5321, 4.5.2), and the end.
    func smtpData(from author: MailAuthor) -> String {
        let lines = rfc5322(from: author).split(separator: "\r\n", omittingEmptySubsequences: false)
        let stuffed = lines.dropLast().map { $0.hasPrefix(".") ? ".\($0)" : String($0) }
        return stuffed.joined(separator: "\r\n") + "\r\n.\r\n"
    }
}
