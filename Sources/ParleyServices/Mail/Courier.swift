package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Takes mails from the outbox to their sender until the server stops; what fails is tried again later.
///
/// A mail is claimed before it is sent, so that of several nodes one sends it; a node that dies on the way leaves it to
/// the others when the claim has lapsed.
package struct Courier: Service {
    /// How often the outbox is looked at.
    static let pauseMilliseconds = 250
    /// How many mails one claim takes, and how many of them are on their way at a time.
    private static let batchMax: Int64 = 16
    private static let parallelMax = 4
    /// How long a claim holds: longer than all mails of a batch can take.
    private static let claimSeconds: Int64 = 600
    private static let retrySecondsMax: Int64 = 3_600
    /// After that many tries, about a day and a half, a mail is given up.
    static let attemptsMax: Int64 = 48
    /// After that many tries a mail that was refused for good is given up; the first no may be a server's mistake.
    static let refusedAttemptsMax: Int64 = 3

    private let store: any Store
    private let sender: any MailSender
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, sender: any MailSender, logger: Logger, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.sender = sender
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await deliverDue()
                try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
            }
        }
    }

    /// Sends what is due now, or puts it off.
    package func deliverDue() async {
        do {
            let mails = try await claim()
            await withTaskGroup(of: Void.self) { group in
                for (index, mail) in mails.enumerated() {
                    if index >= Self.parallelMax { await group.next() }
                    group.addTask { await deliver(mail) }
                }
            }
        } catch {
            logger.error("the outbox cannot be read: \(error)")
        }
    }

    /// Asks before it writes: most of the time nothing is due.
    private func claim() async throws -> [OutboxRow] {
        let time = now()
        guard try await store.first(MailQueries.isDue(now: time)) != nil else { return [] }
        let claim = MailQueries.claim(now: time, until: time.adding(seconds: Self.claimSeconds), limit: Self.batchMax)
        return try await store.write { try $0.all(claim) }
    }

    private func deliver(_ row: OutboxRow) async {
        let mail = Mail(
            id: row.id, recipient: row.recipient, subject: row.subject, text: row.body, date: row.createdAt)
        do {
            try await sender.send(mail)
            await settle(OutboxTable.delete(id: row.id), row)
        } catch {
            await settle(afterFailure(error, row), row)
        }
    }

    private func afterFailure(_ error: any Error, _ row: OutboxRow) -> Query<Void> {
        let attemptsMax = error is MailRefused ? Self.refusedAttemptsMax : Self.attemptsMax
        guard row.attempts < attemptsMax else {
            logger.error("mail \(row.id) is given up after \(row.attempts) attempts: \(error)")
            return OutboxTable.delete(id: row.id)
        }
        logger.warning("mail \(row.id) was not sent, attempt \(row.attempts): \(error)")
        let pause = min(Self.retrySecondsMax, 1 << min(row.attempts - 1, 12))
        return MailQueries.postpone(id: row.id, nextAt: now().adding(seconds: pause))
    }

    /// A mail whose fate cannot be written is sent again when its claim has lapsed.
    private func settle(_ query: Query<Void>, _ row: OutboxRow) async {
        do {
            _ = try await store.write { try $0.execute(query) }
        } catch {
            logger.error("what became of mail \(row.id) cannot be written: \(error)")
        }
    }
}
