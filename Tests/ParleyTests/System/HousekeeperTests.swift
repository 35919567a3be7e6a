import Logging
import NIOConcurrencyHelpers
import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests which rows the housekeeper removes, and which it keeps.
@Suite(.timeLimit(.minutes(10))) struct HousekeeperTests {
    private static let days: Int64 = 86_400
    private static let keys = SealingKeys.shared("a secret of at least 32 bytes for tests")

    @Test(arguments: Engine.allCases) func removesWhatIsOldAndLeavesWhatIsNot(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in try await check(store) }
    }

    @Test(arguments: Engine.allCases) func saysHowManyAuthenticatorsAreLostWithASecret(engine: Engine) async throws {
        let lines = LogLines()
        try await ProductStore.run(engine) { store in
            let now = Timestamp.now()
            let gone = FactorSecrets(.shared("the secret that was taken away too early"))
            for isConfirmed in [true, true, false] {
                let user = Identifier.make()
                let factor = TwoFactorsRow(
                    userId: user, secret: try gone.seal([1], of: user), confirmedAt: isConfirmed ? now : nil,
                    lastStep: 0)
                _ = try await store.write { transaction in
                    try transaction.execute(UsersTable.insert(Self.user(user, "\(user)@example.org", at: now)))
                    try transaction.execute(TwoFactorsTable.insert(factor))
                }
            }
            let housekeeper = Housekeeper(
                store: store, objects: MemoryObjects(), secondFactor: SecondFactor(Self.keys),
                logger: Logger(label: "test") { _ in lines }, now: { now })
            _ = await housekeeper.run(from: Housekeeper.ScanCursors())
        }
        #expect(lines.texts.count == 1)
        let expected = "error the authenticator secrets of 2 accounts cannot be decrypted: "
        #expect(lines.texts.first?.hasPrefix(expected) == true)
    }

    private func check(_ store: any Store) async throws {
        let now = Timestamp.now()
        let user = Identifier.make()
        let kept = try await fill(store, user, now)
        let housekeeper = Housekeeper(
            store: store, objects: MemoryObjects(), secondFactor: SecondFactor(Self.keys),
            logger: ProductStore.quiet,
            now: { now })
        let start = Housekeeper.ScanCursors()
        #expect(await housekeeper.run(from: start) == start)
        let first = Identifier(high: 0, low: 0)
        #expect(try await store.all(SessionsTable.page(id: first, limit: 10)).map(\.id) == [kept])
        let tokens = try await store.all(MailTokensTable.listByUserId(userId: user, limit: 10))
        #expect(tokens.map(\.hash) == [[2]])
        #expect(try await store.first(ChallengesTable.find(hash: [1])) == nil)
        #expect(try await store.first(ChallengesTable.find(hash: [2])) != nil)
    }

    /// Fills the tables with expired and current rows.
    ///
    /// - Returns: the session that is not expired.
    private func fill(_ store: any Store, _ user: Identifier, _ now: Timestamp) async throws -> Identifier {
        let living = session(user, at: now, ended: nil)
        let over = [
            session(user, at: now, ended: now), session(user, at: now.adding(seconds: -31 * Self.days), ended: nil),
        ]
        try await store.write { transaction in
            try transaction.execute(
                UsersTable.insert(Self.user(user, "ada@example.org", at: now)))
            for row in [living] + over { try transaction.execute(SessionsTable.insert(row)) }
            for (mark, age) in [(UInt8(1), Int64(1)), (2, -60)] {
                let expiry = now.adding(seconds: -age)
                try transaction.execute(
                    MailTokensTable.insert(
                        MailTokensRow(hash: [mark], userId: user, purpose: .verifyEmail, expiresAt: expiry)))
                try transaction.execute(
                    ChallengesTable.insert(
                        ChallengesRow(hash: [mark], userId: user, deviceName: nil, failures: 0, expiresAt: expiry)))
            }
        }
        return living.id
    }

    private static func user(_ id: Identifier, _ email: String, at now: Timestamp) -> UsersRow {
        UsersRow(
            id: id, email: email, emailKey: email, passwordHash: "", displayName: "Ada", about: nil,
            emailVerified: true, createdAt: now, updatedAt: now, lastSeenAt: nil, deletedAt: nil)
    }

    private func session(_ user: Identifier, at time: Timestamp, ended: Timestamp?) -> SessionsRow {
        SessionsRow(
            id: .make(), userId: user, deviceName: nil, addressPrefix: "", generation: 0, refreshHash: [],
            rotatedAt: nil, createdAt: time, lastUsedAt: time, endedAt: ended)
    }
}

/// A log handler that records its lines.
private struct LogLines: LogHandler {
    private let kept = NIOLockedValueBox<[String]>([])

    var texts: [String] { kept.withLockedValue { $0 } }
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { kept.withLockedValue { $0.append("\(event.level) \(event.message)") } }
}
