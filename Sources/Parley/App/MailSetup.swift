import NIOPosix
import SpecCore
import SpecOutbound

/// Chooses the mail sender: an SMTP relay, or files.
enum MailSetup {
    /// The author of mails that are written to files.
    private static let noReply = MailAuthor(name: "Parley", address: "no-reply@parley.invalid")

    /// - Throws: ``SettingsError`` if the folder cannot be used, or the relay's authorities cannot be read.
    static func sender(_ settings: ServerSettings) throws -> any MailSender {
        try settings.smtp.map(smtpSender) ?? fileSender(settings)
    }

    private static func fileSender(_ settings: ServerSettings) throws -> FileMailSender {
        try naming { try FileMailSender(folder: settings.outboxFolder, author: noReply, threads: .singleton) }
    }

    private static func naming<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw SettingsError("SMTP_URL", "is unset, and mails cannot be written to files: \(error).")
        }
    }

    /// Connects and authenticates at the relay, if one is set; changes nothing.
    /// - Returns: the result as text.
    /// - Throws: ``SettingsError``.
    static func check(_ settings: ServerSettings) async throws -> String {
        guard let relay = settings.smtp else {
            _ = try naming { try Folder.look(at: settings.outboxFolder) }
            return "ok (files in \(settings.outboxFolder))"
        }
        do {
            try await smtpSender(relay).check()
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("SMTP_URL", "\(relay.host):\(relay.port) cannot be used: \(error)")
        }
        return "ok (\(relay.host):\(relay.port), from \(relay.author.address))"
    }

    private static func smtpSender(_ relay: SMTPRelay) throws -> SMTPMailSender {
        do {
            return try SMTPMailSender(relay: relay, group: .singletonMultiThreadedEventLoopGroup)
        } catch {
            throw SettingsError("SMTP_URL", "the file that ca names cannot be used: \(error)")
        }
    }
}
