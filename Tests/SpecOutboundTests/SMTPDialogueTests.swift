import SpecCore
import Testing

@testable import SpecOutbound

/// The SMTP dialogue, without a network.
@Suite struct SMTPDialogueTests {
    private static let author = MailAuthor(name: "Parley", address: "no-reply@example.org")
    private static let mail = Mail(
        id: Identifier(high: 0, low: 1), recipient: "ada@example.org", subject: "Hello", text: "One\n.two\n..three",
        date: Timestamp(milliseconds: 0))

    private func relay(_ host: String = "mail.example.org", signsIn: Bool = true) -> SMTPRelay {
        SMTPRelay(
            host: host, port: 587, credentials: signsIn ? .init(user: "user", password: "pass") : nil,
            author: Self.author, authorityFile: nil)
    }

    private func reply(_ code: Int, _ lines: String...) -> SMTPReply { SMTPReply(code: code, lines: lines) }

    private func dialogue(
        _ relay: SMTPRelay, mail: Mail? = SMTPDialogueTests.mail, secured features: String...
    ) throws -> (SMTPDialogue, SMTPDialogue.Step) {
        var dialogue = try SMTPDialogue(relay: relay, mail: mail, client: "[127.0.0.1]")
        #expect(try dialogue.hear(reply(220, "ready")) == .say("EHLO [127.0.0.1]\r\n"))
        #expect(try dialogue.hear(reply(250, "hello", "STARTTLS")) == .say("STARTTLS\r\n"))
        #expect(try dialogue.hear(reply(220, "go")) == .secure)
        #expect(dialogue.secured() == .say("EHLO [127.0.0.1]\r\n"))
        let step = try dialogue.hear(SMTPReply(code: 250, lines: ["hello"] + features))
        return (dialogue, step)
    }

    @Test func handsAMailOverBehindTLSAndAUTH() throws {
        var (dialogue, step) = try dialogue(relay(), secured: "AUTH LOGIN PLAIN", "8BITMIME")
        #expect(step == .say("AUTH PLAIN AHVzZXIAcGFzcw==\r\n"))
        #expect(try dialogue.hear(reply(235, "ok")) == .say("MAIL FROM:<no-reply@example.org>\r\n"))
        #expect(try dialogue.hear(reply(250)) == .say("RCPT TO:<ada@example.org>\r\n"))
        #expect(try dialogue.hear(reply(250)) == .say("DATA\r\n"))
        let data = """
            Date: Thu, 01 Jan 1970 00:00:00 +0000
            From: Parley <no-reply@example.org>
            To: ada@example.org
            Message-ID: <00000000-0000-0000-0000-000000000001@example.org>
            Subject: Hello
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            One
            ..two
            ...three
            .

            """
        #expect(try dialogue.hear(reply(354)) == .say(data.replacing("\n", with: "\r\n")))
        #expect(try dialogue.hear(reply(250, "queued")) == .succeed(saying: "QUIT\r\n"))
        #expect(try dialogue.hear(reply(221)) == .close)
    }

    @Test func signsInWithLOGINWhereThereIsNoPLAIN() throws {
        var (dialogue, step) = try dialogue(relay(), mail: nil, secured: "AUTH LOGIN")
        #expect(step == .say("AUTH LOGIN\r\n"))
        #expect(try dialogue.hear(reply(334)) == .say("dXNlcg==\r\n"))
        #expect(try dialogue.hear(reply(334)) == .say("cGFzcw==\r\n"))
        #expect(try dialogue.hear(reply(235)) == .succeed(saying: "QUIT\r\n"))
    }

    @Test func saysNothingWithoutTLSExceptOnThisMachine() throws {
        var away = try SMTPDialogue(relay: relay(), mail: Self.mail, client: "[127.0.0.1]")
        _ = try away.hear(reply(220))
        #expect(throws: SMTPFailure.insecure) { try away.hear(reply(250, "hello", "AUTH PLAIN")) }
        var local = try SMTPDialogue(relay: relay("127.0.0.1", signsIn: false), mail: Self.mail, client: "[127.0.0.1]")
        _ = try local.hear(reply(220))
        #expect(try local.hear(reply(250, "hello")) == .say("MAIL FROM:<no-reply@example.org>\r\n"))
    }

    /// Features announced before TLS may be an attacker's.
    @Test func forgetsWhatItHeardBeforeTLS() throws {
        var dialogue = try SMTPDialogue(relay: relay(), mail: Self.mail, client: "[127.0.0.1]")
        _ = try dialogue.hear(reply(220))
        _ = try dialogue.hear(reply(250, "hello", "STARTTLS", "AUTH PLAIN"))
        _ = try dialogue.hear(reply(220))
        _ = dialogue.secured()
        #expect(throws: SMTPFailure.noMechanism) { try dialogue.hear(reply(250, "hello")) }
    }

    @Test func tellsWhatIsRefusedForGoodFromWhatMayPass() throws {
        func failure(_ code: Int) throws -> any Error {
            var (dialogue, _) = try dialogue(relay(signsIn: false), secured: "8BITMIME")
            do {
                _ = try dialogue.hear(reply(250))
                _ = try dialogue.hear(reply(code, "no\u{1B}[31m such\r\nuser"))
                return SMTPFailure.closed
            } catch {
                return error
            }
        }
        #expect(try failure(550) as? MailRejected == MailRejected("RCPT TO was rejected: 550 no[31m suchuser"))
        #expect(try failure(450) as? SMTPFailure == .refused("RCPT TO", "450 no[31m suchuser"))
        // The credentials are at fault, not the mail.
        #expect(try failure(530) as? SMTPFailure == .refused("RCPT TO", "530 no[31m suchuser"))
    }

    @Test(arguments: [
        "ada@example.org>\r\nRCPT TO:<eve@example.org", "ada@example.org\r\nDATA", "a b@example.org", "ada",
        "ada@example.org,eve@example.org", "<ada@example.org>", "@example.org", "ada@@example.org",
    ])
    func sendsNothingToWhatIsNoAddress(recipient: String) {
        let mail = Mail(
            id: .make(), recipient: recipient, subject: "", text: "", date: Timestamp(milliseconds: 0))
        #expect(throws: MailRejected.self) { try SMTPDialogue(relay: relay(), mail: mail, client: "[127.0.0.1]") }
    }
}

/// Mails as text.
@Suite struct MailTextTests {
    private func text(recipient: String = "ada@example.org", subject: String = "Hello", _ text: String) -> String {
        Mail(id: .make(), recipient: recipient, subject: subject, text: text, date: Timestamp(milliseconds: 0))
            .rfc5322(from: MailAuthor(name: "Parley", address: "no-reply@example.org"))
    }

    @Test func letsNoFieldBeginAnother() {
        let injected = text(
            recipient: "ada@example.org\r\nBcc: eve@example.org", subject: "Hello\nX-Evil: 1\r\n\r\nbody", "text")
        let head = injected.split(separator: "\r\n\r\n", maxSplits: 1)[0].split(separator: "\r\n")
        #expect(head.count == 8)
        #expect(head.contains("To: ada@example.orgBcc: eve@example.org"))
        #expect(head.contains("Subject: HelloX-Evil: 1body"))
    }

    @Test func endsEveryLineWithCRLFAndNothingElse() {
        let written = text("one\r\ntwo\rthree\n\nfour")
        #expect(written.hasSuffix("\r\n\r\none\r\ntwothree\r\n\r\nfour\r\n"))
        #expect(written.unicodeScalars.count { $0 == "\r" } == written.unicodeScalars.count { $0 == "\n" })
    }

    @Test func tellsSevenBitsFromEight() {
        #expect(text("plain").contains("charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n"))
        #expect(text("gr\u{FC}n").contains("charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"))
    }
}
