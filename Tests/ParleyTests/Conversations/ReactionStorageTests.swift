import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of reactions in databases from before messages repeated them.
@Suite(.timeLimit(.minutes(10))) struct ReactionStorageTests {
    private let ada = Identifier.make()
    private let bob = Identifier.make()
    private let time = Timestamp(milliseconds: 1_795_599_001_766)

    @Test(arguments: Engine.allCases) func showsReactionsFromBefore(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        let (bare, loved) = (Identifier.make(), Identifier.make())
        let rows = [
            reaction("👍", to: loved, by: bob, at: time.adding(seconds: 1)),
            reaction("❤️", to: loved, by: ada, at: time),
            reaction("😀", to: loved, by: ada, at: time, isRemoved: true),
            reaction("😀", to: bare, by: bob, at: time, isRemoved: true),
        ]
        let before = Migrations.all.prefix { "\($0.name)" < "0007" }
        try await ProductStore.run(at: url, Array(before)) { store in
            try await fill(store, with: [bare, loved], rows)
        }
        try await ProductStore.run(at: url, Migrations.all) { store in
            let messages = try await store.read { try Message.load([bare, loved], for: ada, in: $0) }
            #expect(messages.map(\.reactions) == [[], [Reaction(rows[1]), Reaction(rows[0])]])
        }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: ["0", "%@ %@ 1", "%@ %@ x 👍", "%@ %- 1 👍", "%@-%@ 1 👍", "%@ %@ 1 👍\n%@"])
    func refusesToGuessWhatALineMeans(shape: String) throws {
        let (id, digits) = (Identifier.make(), String(repeating: "0aF9", count: 8))
        let lines = shape.replacing("%@", with: digits).replacing("%-", with: digits.replacing("F", with: "G"))
        let expected = StoreError.column("the stored reactions of message \(id) are malformed")
        #expect(throws: expected) { try ReactionLines.reactions(in: lines, to: id) }
    }

    private func reaction(
        _ emoji: String, to message: Identifier, by user: Identifier, at created: Timestamp, isRemoved: Bool = false
    ) -> ReactionsRow {
        ReactionsRow(
            id: .make(), messageId: message, userId: user, emoji: emoji, createdAt: created,
            removedAt: isRemoved ? created : nil)
    }

    private func fill(_ store: any Store, with messages: [Identifier], _ reactions: [ReactionsRow]) async throws {
        let pair = Pair(ada, bob)
        let people = [ada, bob].map { id in
            UsersRow(
                id: id, email: "\(id)", emailKey: "\(id)", passwordHash: "", displayName: "", about: nil,
                emailVerified: false, createdAt: time, updatedAt: time, lastSeenAt: nil, deletedAt: nil)
        }
        let conversation = Query(
            "test",
            SQLText(
                sqlite: "INSERT INTO conversations (low_id, high_id, last_seq) VALUES (?1, ?2, 2)",
                postgres: "INSERT INTO conversations (low_id, high_id, last_seq) VALUES ($1, $2, 2)"),
            [pair.low.sqlValue, pair.high.sqlValue])
        try await store.write { transaction in
            for person in people { try transaction.execute(UsersTable.insert(person)) }
            try transaction.execute(conversation)
            for (index, id) in messages.enumerated() {
                try transaction.execute(message(id, at: index + 1, in: pair))
            }
            for reaction in reactions { try transaction.execute(ReactionsTable.insert(reaction)) }
        }
    }

    /// A message with the columns of that time.
    private func message(_ id: Identifier, at seq: Int, in pair: Pair) -> Query<Void> {
        Query(
            "test",
            SQLText(
                sqlite: """
                    INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body,
                        status, created_at) VALUES (?1, ?2, ?3, ?4, ?1, ?2, ?3, 'Hello', 'sent', ?5)
                    """,
                postgres: """
                    INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body,
                        status, created_at) VALUES ($1, $2, $3, $4, $1, $2, $3, 'Hello', 'sent', $5)
                    """),
            [id.sqlValue, pair.low.sqlValue, pair.high.sqlValue, seq.sqlValue, time.sqlValue])
    }
}
