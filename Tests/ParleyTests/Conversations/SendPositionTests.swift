import NIOConcurrencyHelpers
import ParleyContract
import SpecCore
import TestSupport
import Testing

/// Tests of the positions that the named write `send` announces.
@Suite(.timeLimit(.minutes(10))) struct SendPositionTests {
    /// Records the announced positions.
    private final class Recorder: Publisher {
        private let box = NIOLockedValueBox<[EventPosition]>([])

        var positions: [EventPosition] { box.withLockedValue { $0 }.sorted { ($0.user, $0.seq) < ($1.user, $1.seq) } }

        func publish(_ positions: [EventPosition]) { box.withLockedValue { $0 += positions } }
        func publish(ended sessions: [Identifier]) {}
    }

    private typealias Send = NamedWrite<MessagesQueries.SendRow>

    private static func send(_ id: Identifier, from sender: Identifier, to recipient: Identifier) -> Send {
        let (low, high) = sender < recipient ? (sender, recipient) : (recipient, sender)
        return MessagesQueries.send(
            id: .make(), lowId: low, highId: high, clientMessageId: id, senderId: sender, recipientId: recipient,
            body: "Hello", replyToId: nil, now: .now(), sessionId: nil, mediaCount: nil,
            fingerprint: nil, ids: [], tokens: "hello", lowWaits: 1, highWaits: 0, kind: "message:new")
    }

    @Test(arguments: Engine.allCases) func areThoseOfBothUsersAndOfNoRejection(engine: Engine) async throws {
        let (recorder, users) = (Recorder(), (0..<6).map { _ in Identifier.make() }.sorted())
        try await ProductStore.run(engine, publisher: recorder) { store in
            try await store.write { transaction in
                for user in users {
                    try transaction.execute(
                        UsersTable.insert(
                            UsersRow(
                                id: user, email: "\(user)", emailKey: "\(user)", passwordHash: "", displayName: "Ada",
                                about: nil, emailVerified: true, createdAt: .now(), updatedAt: .now(), lastSeenAt: nil,
                                deletedAt: nil)))
                }
            }
            let repeated = Identifier.make()
            let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let (sender, other) = (users[number % 6], users[(number + 1 + number / 6 % 5) % 6])
                        let write =
                            switch number % 5 {
                            case 0: Self.send(repeated, from: users[0], to: users[1])
                            case 1: Self.send(.make(), from: sender, to: .make())
                            default: Self.send(.make(), from: sender, to: other)
                            }
                        return try await store.first(write)?.outcome.rawValue ?? "none"
                    }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["created": 121, "repeated": 39, "no-user": 40])
            var log: [EventPosition] = []
            for user in users {
                let rows = try await store.all(EventsQueries.behind(userId: user, after: 0, limit: 500))
                #expect(rows.map(\.seq) == rows.indices.map { Int64($0 + 1) })
                log += rows.map { EventPosition(user: $0.userId, seq: $0.seq) }
            }
            #expect(log.count == 242)
            #expect(recorder.positions == log)
        }
    }
}
