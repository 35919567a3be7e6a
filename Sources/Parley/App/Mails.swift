import NIOPosix
import SpecCore
import SpecOutbound

/// Where mails go.
enum Mails {
    /// The author of mails that become files.
    private static let nobody = MailAuthor(name: "Parley", address: "no-reply@parley.invalid")

    /// - Throws: ``SettingsError`` when the folder cannot be used, or the relay's authorities cannot be read.
    static func sender(_ settings: Settings) throws -> any MailSender {
        try settings.smtp.map(smtpSender) ?? fileSender(settings)
    }

    private static func fileSender(_ settings: Settings) throws -> FileMailSender {
        do {
            return try FileMailSender(folder: settings.outboxFolder, author: nobody, threads: .singleton)
        } catch {
            throw SettingsError("SMTP_URL", "is unset, and mails cannot become files: \(error).")
        }
    }

    /// Signs in at the relay, if there is one.
    /// - Returns: what to tell of it.
    /// - Throws: ``SettingsError``.
    static func check(_ settings: Settings) async throws -> String {
        guard let relay = settings.smtp else {
            _ = try fileSender(settings)
            return "ok (files in \(settings.outboxFolder))"
        }
        do {
            try await smtpSender(relay).check()
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("SMTP_URL", "\(relay.host):\(relay.port) takes no mails: \(error)")
        }
        return "ok (\(relay.host):\(relay.port), from \(relay.author.address))"
    }

    private static func smtpSender(_ relay: SMTPRelay) throws -> SMTPMailSender {
        do {
            return try SMTPMailSender(relay: relay, group: .singletonMultiThreadedEventLoopGroup)
        } catch {
            throw SettingsError("SMTP_URL", "the file of ca cannot be used: \(error)")
        }
    }
}
