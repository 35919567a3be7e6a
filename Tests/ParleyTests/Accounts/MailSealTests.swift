import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the tokens of mails in the outbox.
@Suite(.timeLimit(.minutes(10))) struct MailSealTests {
    private static let password = "correct horse battery"

    private static func seals(_ secret: String) -> MailSeals {
        let keys = ServerKeys(secrets: [Array("a secret of at least 32 bytes for tests".utf8)])
        return MailSeals(SealingKeys(secrets: [Array(secret.utf8)], serverKeys: keys))
    }

    private static func mail(_ text: String, to recipient: String = "ada@example.org") -> Mail {
        Mail(id: .make(), recipient: recipient, subject: "Token", text: text, date: .now())
    }

    @Test func putsTheTokenIntoTheTextWhenTheMailIsSent() throws {
        let seals = Self.seals("a sealing secret of 32 bytes and more")
        let token = SecretToken()
        let line = try seals.line(token, to: "ada@example.org")
        #expect(line.hasPrefix("sealed:"))
        #expect(!line.contains(token.text))
        let opened = try seals.opened(Self.mail("Hello,\n\n\(line)\n\nBye."))
        #expect(opened.text == "Hello,\n\n\(token.text)\n\nBye.")
        // Mails of earlier releases have their token in the text.
        #expect(try seals.opened(Self.mail("Hello,\n\nabc\n")).text == "Hello,\n\nabc\n")
    }

    @Test func opensNoTokenOfAnotherRecipientOrSecret() throws {
        let seals = Self.seals("a sealing secret of 32 bytes and more")
        let line = try seals.line(SecretToken(), to: "ada@example.org")
        #expect(throws: MailSeals.Lost.self) { try seals.opened(Self.mail(line, to: "bob@example.org")) }
        let others = Self.seals("another sealing secret of 32 bytes")
        #expect(throws: MailSeals.Lost.self) { try others.opened(Self.mail(line)) }
        #expect(throws: MailSeals.Lost.self) { try seals.opened(Self.mail("sealed:!")) }
        #expect(throws: MailSeals.Lost.self) { try seals.opened(Self.mail("sealed:")) }
    }

    /// An attacker who reads the whole database, deleted rows and its log included, and resets a password.
    @Test func leavesNoTokenInTheDatabase() async throws {
        let folder = try TemporaryFolder()
        try await TestServer.run(in: folder) { server in
            let ada = try await server.account("Ada")
            _ = try await server.post("/auth/password/forgot", ["email": .string(ada.email)])
            let box = Mailbox(server.folder)
            let tokens = [
                try await box.token("Your verification token", to: ada.email),
                try await box.token("Your token to reset the password", to: ada.email),
            ]
            for token in tokens { #expect(token.utf8.count == 22) }
            let bytes = try ["parley.db", "parley.db-wal"].flatMap { try #require(folder.bytes(of: $0)) }
            // The rows of the mails are there.
            #expect(bytes.firstRange(of: Array("Your token to reset the password".utf8)) != nil)
            for token in tokens { #expect(bytes.firstRange(of: Array(token.utf8)) == nil) }
        }
    }
}
