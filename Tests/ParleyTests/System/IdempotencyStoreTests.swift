import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of `Idempotency-Key` leases in the database.
@Suite(.timeLimit(.minutes(10))) struct IdempotencyStoreTests {
    private static let key = IdempotencyKey(operation: "uploadMedia", scope: "ada", name: "k")

    private static func run(
        _ engine: Engine, _ body: (DatabaseIdempotencyStore, TestClock) async throws -> Void
    ) async throws {
        try await runBeside(engine) { answers, clock, _ in try await body(answers, clock) }
    }

    private static func runBeside(
        _ engine: Engine, _ body: (DatabaseIdempotencyStore, TestClock, any Store) async throws -> Void
    ) async throws {
        try await ProductStore.run(engine) { store in
            let clock = TestClock()
            let keys = ServerKeys(secrets: [Array(TestServer.secret.utf8)])
            let answers = try DatabaseIdempotencyStore(
                store: store, table: FrameworkTables.idempotency, fingerprintKeys: keys.fingerprintKeys,
                now: { clock.now })
            try await body(answers, clock, store)
        }
    }

    @Test(arguments: Engine.allCases) func keepsAClaimThatIsRenewed(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let first = try await answers.begun(Self.key)
            clock.advance(seconds: 100)
            #expect(try await answers.renew(first))
            clock.advance(seconds: 100)
            #expect(try await answers.begin(Self.key, user: nil, keepSeconds: 86_400) == .running)
            let answer = StoredResponse(status: 201, fields: HeaderFields(), body: [1])
            try await answers.keep(answer, digest: [2], for: first)
            guard case .completed(answer, _) = try await answers.begin(Self.key, user: nil, keepSeconds: 86_400) else {
                Issue.record("the response was not stored")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func losesAClaimThatIsNot(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let first = try await answers.begun(Self.key)
            clock.advance(seconds: 121)
            let second = try await answers.begun(Self.key)
            #expect(try await !answers.renew(first))
            try await answers.forget(first)
            try await answers.keep(
                StoredResponse(status: 201, fields: HeaderFields(), body: [1]), digest: [2], for: first)
            #expect(try await answers.renew(second), "the other lease is still held")
        }
    }

    @Test(arguments: Engine.allCases) func bringsEverythingOfAResponseBack(engine: Engine) async throws {
        try await Self.run(engine) { answers, _ in
            let fields = HeaderFields([HeaderField("Location", "/a: b"), HeaderField("X", "")])
            let responses = [
                StoredResponse(
                    status: 201, fields: fields, body: Array("{}".utf8),
                    signedURLs: SignedURLs(places: [3..<70, 80..<81], viewer: .make())),
                StoredResponse(status: 204, fields: HeaderFields(), body: []),
                StoredResponse(status: 201, fields: fields, body: [], subject: .make()),
            ]
            for (number, response) in responses.enumerated() {
                let key = IdempotencyKey(operation: "addContact", scope: "ada", name: "\(number)")
                let lease = try await answers.begun(key)
                try await answers.keep(response, digest: [2], for: lease)
                guard
                    case .completed(let stored, let fingerprint) = try await answers.begin(
                        key, user: nil, keepSeconds: 60)
                else {
                    Issue.record("the response was not stored")
                    return
                }
                #expect(stored == response)
                #expect(answers.matches(fingerprint, digest: [2]))
                #expect(!answers.matches(fingerprint, digest: [3]))
            }
        }
    }

    @Test(arguments: Engine.allCases) func forgetsTheResponsesOfAUser(engine: Engine) async throws {
        try await Self.runBeside(engine) { answers, _, store in
            let (ada, bob) = (Identifier.make(), Identifier.make())
            for user in [ada, bob] {
                let lease = try await answers.begun(
                    IdempotencyKey(operation: "register", scope: "10.0.0.0/24", name: "\(user)"))
                let response = StoredResponse(status: 201, fields: HeaderFields(), body: [1], user: user)
                try await answers.keep(response, digest: [2], for: lease)
            }
            _ = try await store.write { try $0.execute(FrameworkTables.idempotency.forget(user: ada)) }
            for (user, isNew) in [(ada, true), (bob, false)] {
                let key = IdempotencyKey(operation: "register", scope: "10.0.0.0/24", name: "\(user)")
                let state = try await answers.begin(key, user: nil, keepSeconds: 60)
                if case .begun = state { #expect(isNew) } else { #expect(!isNew) }
            }
        }
    }

    @Test(arguments: Engine.allCases) func storesNothingForAUserWhoWentMeanwhile(engine: Engine) async throws {
        try await Self.runBeside(engine) { answers, _, store in
            let ada = Identifier.make()
            let lease = try await answers.begun(Self.key, user: ada)
            _ = try await store.write { try $0.execute(FrameworkTables.idempotency.forget(user: ada)) }
            let response = StoredResponse(status: 201, fields: HeaderFields(), body: [1], user: ada)
            try await answers.keep(response, digest: [2], for: lease)
            #expect(try await !answers.renew(lease))
            _ = try await answers.begun(Self.key)
        }
    }

    @Test(arguments: Engine.allCases) func startsAnewWhenTheResponseIsTooOld(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let first = try await answers.begun(Self.key)
            let answer = StoredResponse(status: 201, fields: HeaderFields(), body: [1])
            try await answers.keep(answer, digest: [2], for: first)
            clock.advance(seconds: 99)
            guard case .completed = try await answers.begin(Self.key, user: nil, keepSeconds: 100) else {
                Issue.record("the response is gone after 99 of 100 seconds")
                return
            }
            clock.advance(seconds: 2)
            guard case .begun = try await answers.begin(Self.key, user: nil, keepSeconds: 100) else {
                Issue.record("the response is still there after 101 of 100 seconds")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func recognisesARequestOfBeforeTheKeysWereRotated(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (old, new) = ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 16))
            func answers(_ keys: [[UInt8]]) throws -> DatabaseIdempotencyStore {
                try DatabaseIdempotencyStore(store: store, table: FrameworkTables.idempotency, fingerprintKeys: keys)
            }
            let before = try answers([old])
            let lease = try await before.begun(Self.key)
            let answer = StoredResponse(status: 201, fields: HeaderFields(), body: [1])
            try await before.keep(answer, digest: [2], for: lease)
            let rotated = try answers([new, old])
            guard
                case .completed(answer, let fingerprint) = try await rotated.begin(
                    Self.key, user: nil, keepSeconds: 86_400)
            else {
                Issue.record("the response was not stored")
                return
            }
            #expect(rotated.matches(fingerprint, digest: [2]))
            #expect(!rotated.matches(fingerprint, digest: [3]))
            #expect(try !answers([new]).matches(fingerprint, digest: [2]), "the old key is gone")
        }
    }

    @Test(arguments: Engine.allCases) func prunesExpiredResponsesOnly(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let operation = AddContact.operation
            let seconds = operation.idempotency?.keepSeconds ?? 0
            for (name, age) in [("old", 2), ("new", 0)] {
                let lease = try await answers.begun(IdempotencyKey(operation: operation.id, scope: "s", name: name))
                try await answers.keep(
                    StoredResponse(status: 201, fields: HeaderFields(), body: [1]), digest: [2], for: lease)
                clock.advance(seconds: Int64(age))
            }
            clock.advance(seconds: Int64(seconds) - 1)
            await IdempotencyPruner(store: answers, operations: [operation], logger: ProductStore.quiet).prune()
            #expect(try await answers.prune(operation.id, keepSeconds: seconds, limit: 10) == 0)
            #expect(try await answers.prune(operation.id, keepSeconds: 0, limit: 10) == 1)
        }
    }
}

extension DatabaseIdempotencyStore {
    /// Acquires the lease of an unused key.
    fileprivate func begun(_ key: IdempotencyKey, user: Identifier? = nil) async throws -> IdempotencyLease {
        guard case .begun(let lease) = try await begin(key, user: user, keepSeconds: 86_400) else {
            throw Problem(.idempotencyRunning, "Another request has the key.")
        }
        return lease
    }
}
