import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

@testable import ParleyServices

/// Tests that change the database between two runs of the server: files, and pruned logs.
@Suite(.timeLimit(.minutes(10))) struct MessageStorageTests {
    /// Runs a server, changes its database while it is stopped, and runs another one.
    private func run(
        _ first: @escaping @Sendable (TestServer) async throws -> Void,
        meanwhile change: @escaping @Sendable (SQLiteStore) async throws -> Void,
        then last: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try await TestServer.run(in: folder, first)
        let store = try SQLiteStore(path: folder.path + "/parley.db", migrations: Migrations.all)
        try await change(store)
        try await store.close()
        try await TestServer.run(in: folder, last)
    }

    private static func execute(_ sql: StaticString, in store: SQLiteStore) async throws {
        let query = Query<Void>("test", SQLText(sqlite: sql, postgres: ""), [])
        _ = try await store.write { try $0.execute(query) }
    }

    private static func prune(_ store: SQLiteStore, at time: Timestamp) async throws {
        let pruner = EventPruner(store: store, batchMax: 500, batchesMax: 20)
        #expect(try await pruner.prune(logsAfter: minimum, at: time) == nil)
    }

    /// A message without the signed URLs of its files, whose signatures change with the time.
    private static func unsigned(_ message: JSONValue) -> JSONValue {
        message.with("media", .array(message["media"].items.map { $0.with("url", nil) }))
    }

    private static let minimum = Identifier(high: 0, low: 0)

    @Test func sendsTheSendersOwnFilesInTheirOrder() async throws {
        let files = [Identifier.make(), .make(), .make()]
        try await run { server in
            _ = try await server.account("Ada")
            _ = try await server.account("Bob")
        } meanwhile: { store in
            let users = try await store.all(UsersTable.page(id: Self.minimum, limit: 2))
            _ = try await store.write { transaction in
                for (index, id) in files.enumerated() {
                    let owner = users.first { $0.displayName == (index < 2 ? "Ada" : "Bob") }
                    try transaction.execute(
                        MediaTable.insert(
                            MediaRow(
                                id: id, ownerId: owner?.id ?? Self.minimum, name: nil, contentType: "image/png",
                                size: 8,
                                sha256: Array(repeating: 0xAB, count: 32), createdAt: .now())))
                }
            }
        } then: { server in
            let (ada, bob) = (try await server.returning("Ada"), try await server.returning("Bob"))
            let ids = files.map { JSONValue.string($0.description) }
            func send(_ media: [JSONValue], id: String = Identifier.make().description) async throws -> Reply {
                let body: JSONValue = [
                    "recipientId": .string(bob.id), "clientMessageId": .string(id), "mediaIds": .array(media),
                ]
                return try await server.send(Request("POST", "/messages", token: ada.token, json: body))
            }
            #expect(try await send(ids).code == "media-unknown")
            let clientId = Identifier.make().description
            let sent = try await send([ids[1], ids[0]], id: clientId)
            #expect(sent.status == 201)
            #expect(sent.json["text"] == nil)
            #expect(sent.json["media"].items.map { $0["id"] } == [ids[1], ids[0]])
            #expect(sent.json["media"][0]["sha256"].string == String(repeating: "ab", count: 32))
            let (id, message) = (sent.json["id"].string ?? "", Self.unsigned(sent.json))
            for viewer in [ada, bob] {
                let other = viewer.id == ada.id ? bob : ada
                let seen = [
                    try await server.read(id, by: viewer).json,
                    try await server.list(viewer, with: other).json["items"][0],
                    try await server.conversations(of: viewer).json["items"][0]["lastMessage"],
                    try await server.sync(viewer).json["items"][0]["data"],
                ]
                #expect(seen.map(Self.unsigned) == [message, message, message, message])
            }
            #expect(try await Self.unsigned(send([ids[1], ids[0]], id: clientId).json) == message)
            #expect(try await send([ids[0], ids[1]], id: clientId).code == "client-message-id-reused")
            let edited = try await server.edit(id, by: ada, "Two pictures")
            #expect(Self.unsigned(edited.json)["media"] == message["media"])
            #expect(try await server.list(bob, with: ada, [("search", "pictures")]).json["items"].items.count == 1)
            _ = try await server.delete(id, by: ada)
            #expect(try await server.read(id, by: bob).json["media"] == [])
        }
    }

    @Test func namesASessionOfZerosWhereNoneWasKept() async throws {
        try await run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.sent(from: ada, to: bob)
        } meanwhile: { store in
            try await Self.execute("UPDATE messages SET session_id = NULL", in: store)
        } then: { server in
            let (ada, bob) = (try await server.returning("Ada"), try await server.returning("Bob"))
            let id = try await server.list(bob, with: ada).json["items"][0]["id"].string ?? ""
            let history = try await server.get("/messages/\(id)/status", token: ada.token)
            #expect(history.json["items"].items.map { $0["sessionId"] } == ["00000000-0000-0000-0000-000000000000"])
        }
    }

    @Test func forgetsTheBeginningOfALogAfterNinetyDays() async throws {
        try await run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            for number in 1...5 { _ = try await server.sent(from: ada, to: bob, "\(number)") }
        } meanwhile: { store in
            // The third is younger than the fourth, as clocks differ. No event after it is removed.
            try await Self.execute(
                """
                UPDATE events SET at = at - CASE WHEN seq IN (1, 2, 4) THEN 7776001000 ELSE 7775000000 END
                """, in: store)
            try await Self.prune(store, at: .now())
        } then: { server in
            let ada = try await server.returning("Ada")
            for position in [Int64(0), 1] {
                let expired = try await server.sync(ada, after: position)
                #expect(expired.status == 410)
                #expect(expired.code == "cursor-expired")
            }
            let items = try await server.sync(ada, after: 2).json["items"].items
            #expect(items.compactMap { $0["seq"].integer } == [3, 4, 5])
            #expect(try await server.sync(ada, after: 5).json == ["items": [], "nextAfter": 5])
        }
    }

    @Test func forgetsAWholeLogAndGoesOnBehindIt() async throws {
        try await run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.sent(from: ada, to: bob)
        } meanwhile: { store in
            try await Self.prune(store, at: Timestamp.now().adding(seconds: 90 * 24 * 3_600 + 60))
        } then: { server in
            let (ada, bob) = (try await server.returning("Ada"), try await server.returning("Bob"))
            #expect(try await server.sync(ada, after: 0).code == "cursor-expired")
            #expect(try await server.sync(ada, after: 1).json == ["items": [], "nextAfter": 1])
            _ = try await server.sent(from: ada, to: bob)
            #expect(try await server.sync(bob, after: 1).json["nextAfter"] == 2)
        }
    }
}
