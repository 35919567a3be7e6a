import NIOPosix
import SpecCore
import SpecOutbound
import TestSupport
import Testing

/// Tests of mails that are written to files.
@Suite(.timeLimit(.minutes(1))) struct FileMailSenderTests {
    private static func mail() -> Mail {
        Mail(id: .make(), recipient: "ada@example.org", subject: "Token", text: "abc", date: .now())
    }

    @Test func removesMailsWrittenBeforeATimeAndNothingElse() async throws {
        let folder = try TemporaryFolder()
        let sender = try FileMailSender(
            folder: "\(folder.path)/outbox", author: MailAuthor(name: "Parley", address: "no-reply@parley.invalid"),
            threads: .singleton)
        let mail = Self.mail()
        try await sender.send(mail)
        try folder.write([1], to: "outbox/notes.txt")
        try folder.write([1], to: "outbox/0190.eml.tmp")
        try await sender.removeMails(before: .now().adding(seconds: -60))
        #expect(folder.files(in: "outbox") == ["0190.eml.tmp", "\(mail.id).eml", "notes.txt"].sorted())
        try await sender.removeMails(before: .now().adding(seconds: 60))
        #expect(folder.files(in: "outbox") == ["notes.txt"])
    }
}
