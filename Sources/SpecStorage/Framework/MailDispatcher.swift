public import Logging
public import ServiceLifecycle
public import SpecCore

/// Sends mails from the outbox until the server stops; failed mails are tried again later.
///
/// A mail is claimed before it is sent, so that only one of several nodes sends it; if that node stops in between, the
/// others take over after the claim has expired.
public struct MailDispatcher: Service {
    /// Polling interval of the outbox.
    static let pauseMilliseconds = 250
    /// Number of mails per claim, all of which are sent concurrently.
    private static let batchMax: Int64 = 16
    private static let parallelMax = 4
    /// Duration of a claim: longer than sending all mails of a batch can take.
    private static let claimSeconds: Int64 = 600
    private static let retrySecondsMax: Int64 = 3_600
    /// Number of attempts, over about a day and a half, after which a mail is given up.
    static let attemptsMax: Int64 = 48
    /// Number of attempts after which a permanently rejected mail is given up; one rejection may be a server's mistake.
    static let refusedAttemptsMax: Int64 = 3

    private let store: any Store
    private let outbox: MailOutboxTable
    private let sender: any MailSender
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// - Parameter outbox: the generated `FrameworkTables.mailOutbox`.
    public init(
        store: any Store, outbox: MailOutboxTable, sender: any MailSender, logger: Logger,
        now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.store = store
        self.outbox = outbox
        self.sender = sender
        self.logger = logger
        self.now = now
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await deliverDue()
                try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
            }
        }
    }

    /// Sends the mails that are due, or schedules their next attempt.
    public func deliverDue() async {
        do {
            let mails = try await claim()
            await withTaskGroup(of: Void.self) { group in
                for (index, mail) in mails.enumerated() {
                    if index >= Self.parallelMax { await group.next() }
                    group.addTask { await deliver(mail) }
                }
            }
        } catch {
            logger.error("the mail outbox could not be read: \(error)")
        }
    }

    /// Claims mails that are due. Reads before it writes, as most of the time nothing is due.
    private func claim() async throws -> [ClaimedMail] {
        let time = now()
        let isDue = Query("mailOutbox.isDue", outbox.isDue, [time.sqlValue]) { try $0.identifier(0) }
        guard try await store.first(isDue) != nil else { return [] }
        let until = time.adding(seconds: Self.claimSeconds)
        let claim = Query(
            "mailOutbox.claim", outbox.claim, [time.sqlValue, until.sqlValue, Self.batchMax.sqlValue],
            read: ClaimedMail.init)
        return try await store.write { try $0.all(claim) }
    }

    private func deliver(_ claimed: ClaimedMail) async {
        do {
            try await sender.send(claimed.mail)
            await settle(outbox.remove(claimed.mail.id), claimed.mail)
        } catch {
            await settle(afterFailure(error, claimed), claimed.mail)
        }
    }

    private func afterFailure(_ error: any Error, _ claimed: ClaimedMail) -> Query<Void> {
        let (id, attempts) = (claimed.mail.id, claimed.attempts)
        // The server stops: the mail is due at the next start.
        if Task.isCancelled { return Query("mailOutbox.postpone", outbox.postpone, [id.sqlValue, now().sqlValue]) }
        let attemptsMax = error is MailRejected ? Self.refusedAttemptsMax : Self.attemptsMax
        guard attempts < attemptsMax else {
            logger.error("mail \(id) is given up after \(attempts) attempts: \(error)")
            return outbox.remove(id)
        }
        logger.warning("mail \(id) was not sent, attempt \(attempts): \(error)")
        let pause = min(Self.retrySecondsMax, 1 << min(max(attempts, 1) - 1, 12))
        let nextAt = now().adding(seconds: pause)
        return Query("mailOutbox.postpone", outbox.postpone, [id.sqlValue, nextAt.sqlValue])
    }

    /// Stores the result of a mail. If that fails, the mail is sent again after its claim has expired.
    private func settle(_ query: Query<Void>, _ mail: Mail) async {
        do {
            _ = try await store.write { try $0.execute(query) }
        } catch {
            logger.error("the result of mail \(mail.id) could not be stored: \(error)")
        }
    }
}

/// A mail with the number of its attempts, this one included, as ``MailOutboxTable/claim`` returns it.
private struct ClaimedMail: Sendable {
    let mail: Mail
    let attempts: Int64

    @Sendable init(_ row: any RowColumns) throws {
        mail = Mail(
            id: try row.identifier(0), recipient: try row.text(1), subject: try row.text(2), text: try row.text(3),
            date: try row.timestamp(4))
        attempts = try row.integer(5)
    }
}
