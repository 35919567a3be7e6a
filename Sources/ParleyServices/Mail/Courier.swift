package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Takes mails from the outbox to their sender until the server stops; what fails is tried again later.
package struct Courier: Service {
    /// How often the outbox is looked at.
    static let pauseMilliseconds = 250
    private static let batchMax: Int64 = 32
    private static let retrySecondsMax: Int64 = 3_600

    private let store: any Store
    private let sender: any MailSender
    private let logger: Logger

    package init(store: any Store, sender: any MailSender, logger: Logger) {
        self.store = store
        self.sender = sender
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await deliverDue()
                try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
            }
        }
    }

    private func deliverDue() async {
        do {
            for row in try await store.all(AccountsQueries.dueMails(now: .now(), limit: Self.batchMax)) {
                try await deliver(row)
            }
        } catch {
            logger.error("the outbox cannot be read: \(error)")
        }
    }

    private func deliver(_ row: OutboxRow) async throws {
        let mail = Mail(
            id: row.id, recipient: row.recipient, subject: row.subject, text: row.body, date: row.createdAt)
        do {
            try await sender.send(mail)
        } catch {
            logger.warning("mail \(row.id) was not sent, attempt \(row.attempts + 1): \(error)")
            let pause = min(Self.retrySecondsMax, 1 << min(row.attempts, 12)) * 1_000
            let next = Timestamp(milliseconds: Timestamp.now().milliseconds + pause)
            _ = try await store.write { try $0.execute(AccountsQueries.postponeMail(id: row.id, nextAt: next)) }
            return
        }
        _ = try await store.write { try $0.execute(OutboxTable.delete(id: row.id)) }
    }
}
