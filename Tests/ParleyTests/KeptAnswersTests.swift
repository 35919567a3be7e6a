import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Claims of an `Idempotency-Key` in the database.
@Suite struct KeptAnswersTests {
    private static let key = OnceKey(operation: "uploadMedia", scope: "ada", name: "k")

    private static func run(_ engine: Engine, _ body: (KeptAnswers, TestClock) async throws -> Void) async throws {
        try await ProductStore.run(engine) { store in
            let clock = TestClock()
            let keys = ServerKeys(secrets: [Array(TestServer.secret.utf8)])
            let references = References(keys: keys, now: { clock.now })
            let answers = KeptAnswers(store: store, keys: keys, references: references, now: { clock.now })
            try await body(answers, clock)
        }
    }

    @Test(arguments: Engine.allCases) func keepsAClaimThatIsRenewed(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let first = try await answers.begun(Self.key)
            clock.advance(seconds: 100)
            #expect(try await answers.renew(first))
            clock.advance(seconds: 100)
            #expect(try await answers.begin(Self.key, keepSeconds: 86_400) == .running)
            let answer = KeptAnswer(status: 201, fields: HeaderFields(), body: [1])
            try await answers.keep(answer, digest: [2], for: first)
            guard case .answered(answer, _) = try await answers.begin(Self.key, keepSeconds: 86_400) else {
                Issue.record("the answer was not kept")
                return
            }
        }
    }

    @Test func renewsOnlyTheCallersOwnReferencesAndNoTexts() {
        let (clock, ada, bob) = (TestClock(), Identifier.make(), Identifier.make())
        let references = References(
            keys: ServerKeys(secrets: [Array(TestServer.secret.utf8)]), now: { clock.now })
        let url = references.signer(for: ada).media(.make())
        let body = #"{"url":"\#(url)","about":"\#(url) \"url\":\"\#(url)\""}"#
        #expect(references.renewed(Array(body.utf8), for: ada) == Array(body.utf8))
        clock.advance(seconds: 601)
        #expect(references.renewed(Array(body.utf8), for: bob) == Array(body.utf8))
        let renewed = String(decoding: references.renewed(Array(body.utf8), for: ada), as: UTF8.self)
        #expect(renewed != body)
        #expect(renewed.hasSuffix(#","about":"\#(url) \"url\":\"\#(url)\""}"#))
    }

    @Test(arguments: Engine.allCases) func losesAClaimThatIsNot(engine: Engine) async throws {
        try await Self.run(engine) { answers, clock in
            let first = try await answers.begun(Self.key)
            clock.advance(seconds: 121)
            let second = try await answers.begun(Self.key)
            #expect(try await !answers.renew(first))
            try await answers.forget(first)
            try await answers.keep(KeptAnswer(status: 201, fields: HeaderFields(), body: [1]), digest: [2], for: first)
            #expect(try await answers.renew(second), "the other's claim stands")
        }
    }
}

extension KeptAnswers {
    /// Claims a key that nobody has.
    fileprivate func begun(_ key: OnceKey) async throws -> OnceClaim {
        guard case .begun(let claim) = try await begin(key, keepSeconds: 86_400) else {
            throw Problem(.idempotencyRunning, "Another request has the key.")
        }
        return claim
    }
}
