import GRDB
import ParleyContract
import SpecCore
import TestSupport
import Testing

/// How SQLite answers what is asked often: through indexes, whatever is in the tables.
@Suite struct MessagePlanTests {
    private static let id = Identifier(high: 1, low: 1)

    /// The statements that read lists, and those that writes look things up with.
    private static let statements: [StaticString] =
        [
            MessagesQueries.view(messageId: id).text.sqlite,
            MessagesQueries.views(ids: []).text.sqlite,
            MessagesQueries.pageDown(lowId: id, highId: id, before: 1, earliest: nil, latest: nil, limit: 1).text
                .sqlite,
            MessagesQueries.pageUp(lowId: id, highId: id, after: 1, earliest: nil, latest: nil, limit: 1).text.sqlite,
            MessagesQueries.hitsDown(lowId: id, highId: id, words: "", before: 1, earliest: nil, latest: nil, limit: 1)
                .text.sqlite,
            MessagesQueries.hitsUp(lowId: id, highId: id, words: "", after: 1, earliest: nil, latest: nil, limit: 1)
                .text.sqlite,
            MessagesQueries.files(ids: []).text.sqlite,
            MessagesQueries.terms(senderId: id, recipientId: id).text.sqlite,
            MessagesQueries.detach(messageId: id).text.sqlite,
            ConversationsQueries.page(userId: id, before: id, limit: 1).text.sqlite,
            ConversationsQueries.countWaiting(lowId: id, highId: id, recipientId: id, seq: 1).text.sqlite,
            StatusesQueries.first(lowId: id, highId: id, userId: id, status: "", seq: 1, seesAll: true).text.sqlite,
            ReactionsQueries.kinds(messageId: id).text.sqlite,
            ReactionsQueries.removeAll(messageId: id, now: .now()).text.sqlite,
            ReactionsQueries.some(ids: []).text.sqlite,
            EventsQueries.behind(userId: id, after: 1, limit: 1).text.sqlite,
            EventsQueries.oldest(after: id, limit: 1).text.sqlite,
            EventsQueries.forget(userId: id, upTo: 1).text.sqlite,
        ] + send.sqlite

    private static let send = MessagesQueries.send(
        id: id, lowId: id, highId: id, clientMessageId: id, senderId: id, recipientId: id, body: nil, replyToId: nil,
        status: "", now: .now(), sessionId: nil, mediaCount: nil, fingerprint: nil, ids: [], tokens: "", lowWaits: 0,
        highWaits: 1,
        kind: "")

    /// What may be gone through whole: the ids or rows of the statement itself, and the hits of the search index.
    private static let own = [
        "CONSTANT ROW", "2 CONSTANT ROWS", "wanted", "verdict", "m", "as_low", "as_high",
        "message_search_tokens VIRTUAL TABLE INDEX",
    ]

    @Test func readsNoTableWhole() async throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path + "/plans.db")
        try await queue.write { database in
            for migration in Migrations.all { try database.execute(sql: "\(migration.sqlite)") }
            for statement in Self.statements {
                let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(statement)")
                explanation.setUncheckedArguments([])
                let plan = try Row.fetchAll(explanation).map { $0[3] as String }
                let scans = plan.filter { $0.hasPrefix("SCAN ") }.map { $0.dropFirst("SCAN ".count) }
                let wrong = scans.filter { scan in
                    !Self.own.contains { scan == $0 || scan.hasPrefix($0 + " ") }
                }
                #expect(wrong == [], "\(statement)")
            }
        }
    }
}
