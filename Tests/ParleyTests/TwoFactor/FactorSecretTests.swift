import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the encryption of second factors' secrets in the database.
@Suite(.timeLimit(.minutes(10))) struct FactorSecretTests {
    private static let old = "an old secret of at least 32 bytes for tests"
    private static let new = "a new secret of at least 32 bytes for tests"
    private static let secret = Array("12345678901234567890".utf8)

    private static func secrets(_ texts: String...) -> FactorSecrets {
        FactorSecrets(.shared(texts))
    }

    @Test func opensOnlyWithItsKeyForItsUser() throws {
        let user = Identifier.make()
        let kept = try Self.secrets(Self.old).seal(Self.secret, of: user)
        #expect(kept.count == 57)
        #expect(kept.firstRange(of: Self.secret) == nil)
        #expect(Self.secrets(Self.old).open(kept, of: user) == Self.secret)
        #expect(Self.secrets(Self.new, Self.old).open(kept, of: user) == Self.secret)
        #expect(Self.secrets(Self.new).open(kept, of: user) == nil)
        #expect(Self.secrets(Self.old).open(kept, of: .make()) == nil)
        for index in kept.indices {
            var broken = kept
            broken[index] ^= 1
            #expect(Self.secrets(Self.old).open(broken, of: user) == nil)
        }
        #expect(Self.secrets(Self.old).open([], of: user) == nil)
    }

    @Test(arguments: Engine.allCases) func sealsBareSecretsWhenTheyAreUsed(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let now = Timestamp.now()
            let user = try await Self.user(in: store, secret: Self.secret, at: now)
            let factor = SecondFactor(.shared(Self.new))
            let code = TOTP.code(secret: Self.secret, step: TOTP.step(at: now))
            #expect(try await store.write { try factor.redeem(code, by: user, in: $0, at: now) })
            let kept = try #require(try await store.first(TwoFactorsTable.find(userId: user.id)))
            #expect(kept.secret.count == 57)
            #expect(kept.lastStep == TOTP.step(at: now))
            #expect(factor.secrets.open(kept.secret, of: user.id) == Self.secret)
        }
    }

    @Test(arguments: Engine.allCases) func sealsAllAnewForANewSecretOfTheServer(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let now = Timestamp.now()
            let bare = try await Self.user(in: store, secret: Self.secret, at: now).id
            let sealed = try await Self.user(in: store, secret: [], at: now).id
            let kept = try Self.secrets(Self.old).seal(Self.secret, of: sealed)
            _ = try await store.write {
                try $0.execute(TwoFactorQueries.reseal(userId: sealed, secret: [], sealed: kept))
            }
            let start = Identifier(high: 0, low: 0)
            let tooEarly = try await Self.secrets(Self.new).refresh(behind: start, limit: 5, in: store)
            #expect(tooEarly == FactorSecrets.Refreshed(place: nil, lostCount: 1))
            let middle = try await Self.secrets(Self.new, Self.old).refresh(behind: start, limit: 1, in: store)
            #expect(middle == FactorSecrets.Refreshed(place: min(bare, sealed), lostCount: 0))
            let end = try await Self.secrets(Self.new, Self.old).refresh(
                behind: middle.place ?? start, limit: 2, in: store)
            #expect(end == FactorSecrets.Refreshed(place: nil, lostCount: 0))
            for user in [bare, sealed] {
                let row = try #require(try await store.first(TwoFactorsTable.find(userId: user)))
                #expect(Self.secrets(Self.new).open(row.secret, of: user) == Self.secret)
            }
        }
    }

    @Test(arguments: Engine.allCases) func signsInAcrossARotationOfTheServersSecrets(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        let clock = TestClock()
        let people = AsyncStream.makeStream(of: Enrolled.self)
        try await TestServer.run(in: folder, databaseURL: url, secrets: Self.old, clock: clock) { server in
            people.continuation.yield(try await Enrolled(server, "Ada", clock))
        }
        people.continuation.finish()
        let ada = try #require(await people.stream.first { _ in true })
        for secrets in ["\(Self.new),\(Self.old)", Self.new] {
            try await TestServer.run(in: folder, databaseURL: url, secrets: secrets, clock: clock) { server in
                let moved = ada.moved(to: server)
                let login = try await server.login(moved.account.email)
                #expect(login.status == 202)
                #expect(try await moved.redeem(login, moved.nextCode()).status == 200)
            }
        }
    }

    /// Databases of earlier releases have secrets that a key of `JWT_SECRET` opens.
    @Test(arguments: Engine.allCases) func sealsAnewWithASecretOfItsOwn(engine: Engine) async throws {
        let own = FactorSecrets(
            SealingKeys(
                secrets: [Array(Self.new.utf8)], serverKeys: ServerKeys(secrets: [Array(Self.old.utf8)])))
        try await ProductStore.run(engine) { store in
            let user = try await Self.user(in: store, secret: [], at: .now()).id
            let earlier = try Self.secrets(Self.old).seal(Self.secret, of: user)
            _ = try await store.write {
                try $0.execute(TwoFactorQueries.reseal(userId: user, secret: [], sealed: earlier))
            }
            #expect(own.open(earlier, of: user) == Self.secret)
            let step = try await own.refresh(behind: Identifier(high: 0, low: 0), limit: 5, in: store)
            #expect(step == FactorSecrets.Refreshed(place: nil, lostCount: 0))
            let kept = try #require(try await store.first(TwoFactorsTable.find(userId: user))).secret
            #expect(own.open(kept, of: user) == Self.secret)
            // Whoever has the access key and the database cannot open it.
            #expect(Self.secrets(Self.old).open(kept, of: user) == nil)
        }
    }

    private static func user(in store: any Store, secret: [UInt8], at now: Timestamp) async throws -> UsersRow {
        let id = Identifier.make()
        let user = UsersRow(
            id: id, email: "\(id)@example.org", emailKey: "\(id)@example.org", passwordHash: "", displayName: "Ada",
            about: nil, emailVerified: true, createdAt: now, updatedAt: now, lastSeenAt: nil, deletedAt: nil)
        try await store.write { transaction in
            try transaction.execute(UsersTable.insert(user))
            try transaction.execute(
                TwoFactorsTable.insert(TwoFactorsRow(userId: id, secret: secret, confirmedAt: now, lastStep: 0)))
        }
        return user
    }
}
