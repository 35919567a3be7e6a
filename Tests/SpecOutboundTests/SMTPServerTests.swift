import NIOPosix
import NIOSSL
import SpecCore
import TestSupport
import Testing

@testable import SpecOutbound

/// Conversations with a real mail server: the versions of TLS, and what errors repeat of it.
@Suite(.timeLimit(.minutes(5))) struct SMTPServerTests {
    private static let password = "mark-of-the-password"

    private static func sender(_ port: Int, _ folder: TemporaryFolder, password: String) throws -> SMTPMailSender {
        try SMTPMailSender(
            relay: SMTPRelay(
                host: "localhost", port: port, credentials: .init(user: SMTPServer.user, password: password),
                author: MailAuthor(name: "Parley", address: "no-reply@example.org"),
                authorityFile: folder.path + "/ca.crt"),
            group: MultiThreadedEventLoopGroup.singleton)
    }

    private static func mail(to recipient: String) -> Mail {
        Mail(
            id: .make(), recipient: recipient, subject: "Hello", text: "Token:\nmark-of-the-token-22ch\n",
            date: Timestamp(milliseconds: 0))
    }

    private static func failure(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Checks that a client which allows the old version is served: the server is not broken, but old.
    private static func acceptsOldClient(_ port: Int) async throws -> Bool {
        let script = """
            openssl s_client -starttls smtp -tls1_1 -cipher 'ALL:@SECLEVEL=0' -connect 127.0.0.1:\(port) </dev/null \
                | grep -q 'Protocol *: *TLSv1.1'
            """
        return try await ChildProcess.run("/bin/bash", ["-c", script]) == 0
    }

    @Test func refusesAServerWhoseTLSIsOlderThan12() async throws {
        let folder = try TemporaryFolder()
        try await TestCertificates.make(in: folder.path, name: "mail.test")
        let server = try await SMTPServer(certificatesIn: folder.path, upTo: .tlsv11, password: Self.password)
        let sender = try Self.sender(server.port, folder, password: Self.password)
        await #expect(throws: SMTPFailure.outdatedTLS) { try await sender.check() }
        await #expect(throws: SMTPFailure.outdatedTLS) { try await sender.send(Self.mail(to: "ada@example.org")) }
        #expect(!server.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
        #expect(try await Self.acceptsOldClient(server.port))
        try await server.close()
    }

    @Test(arguments: ["1.2", "1.3"]) func acceptsTLS12AndNewer(version: String) async throws {
        let folder = try TemporaryFolder()
        try await TestCertificates.make(in: folder.path, name: "mail.test")
        let server = try await SMTPServer(
            certificatesIn: folder.path, upTo: version == "1.2" ? .tlsv12 : .tlsv13, password: Self.password)
        let sender = try Self.sender(server.port, folder, password: Self.password)
        try await sender.send(Self.mail(to: "ada@example.org"))
        #expect(server.lines.contains("mark-of-the-token-22ch"))
        try await server.close()
    }

    @Test func repeatsNeitherCredentialsNorRecipientsNorTokensInErrors() async throws {
        let folder = try TemporaryFolder()
        try await TestCertificates.make(in: folder.path, name: "mail.test")
        let server = try await SMTPServer(certificatesIn: folder.path, password: Self.password)
        let wrong = try Self.sender(server.port, folder, password: "mark-of-another-password")
        let (mail, mark) = (Self.mail(to: "unknown-mark@example.org"), "[redacted]")
        let refused = await Self.failure { try await wrong.check() }
        #expect(
            refused
                == """
                AUTH was rejected: 535 5.7.8 no such user and password: \(mark) \(mark), as in: AUTH PLAIN \(mark)
                """)
        let sender = try Self.sender(server.port, folder, password: Self.password)
        let unknown = await Self.failure { try await sender.send(mail) }
        #expect(unknown == "RCPT TO was rejected: 550 5.1.1 <\(mark)>: \(mark) is unknown")
        let spam = await Self.failure { try await sender.send(Self.mail(to: "spam-mark@example.org")) }
        #expect(spam?.hasPrefix("the mail was rejected: 451 4.7.1 greylisted: ") == true)
        #expect(spam?.contains("mark-") == false && spam?.contains("spam") == false)
        try await server.close()
    }
}
