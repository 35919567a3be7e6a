import SpecCore
import TestSupport
import Testing

/// Tests of concurrent messages of many senders, which PostgreSQL stores in groups: each gets its own response.
@Suite(.timeLimit(.minutes(10))) struct MixedSendTests {
    private static let count = 200

    @Test func answersEachOfManySendsForItself() async throws {
        try await TestServer.run { server in
            let people = try await People(server)
            let answers = try await withThrowingTaskGroup(of: Sent.self) { group in
                for number in 0..<Self.count { group.addTask { try await people.send(number, on: server) } }
                return try await group.reduce(into: [Sent]()) { $0.append($1) }
            }
            #expect(tally(answers) == Self.expected)
            try await checkConversation(people.ada, people.bob, answers, server)
            try await checkConversation(people.carl, people.dora, answers, server)
            try await checkConversation(people.dora, people.ada, answers, server)
            for person in [people.ada, people.bob, people.carl, people.dora, people.eve] {
                let events = try await server.get("/sync?after=0&limit=500", token: person.token).json["items"].items
                #expect(events.map { $0["seq"] } == events.indices.map { .integer(Int64($0 + 1)) })
            }
        }
    }

    private static let expected = [
        "plain 201": 80, "once 201": 1, "once 200": 19, "blocked by 403 blocked": 20, "blocker 403 blocked": 20,
        "unknown 404 not-found": 20, "reply 422 reply-unknown": 20, "files 201": 10,
        "foreign file 422 media-unknown": 10,
    ]

    private func tally(_ answers: [Sent]) -> [String: Int] {
        answers.reduce(into: [:]) { tally, sent in
            let code = sent.reply.code.map { " \($0)" } ?? ""
            tally["\(sent.kind) \(sent.reply.status)\(code)", default: 0] += 1
        }
    }

    /// Checks that every message acknowledged with 201 is stored once, as it was acknowledged, and nothing else.
    private func checkConversation(
        _ one: TestServer.Account, _ other: TestServer.Account, _ answers: [Sent], _ server: TestServer
    ) async throws {
        let ids = [one.id, other.id]
        let created = answers.filter { sent in
            sent.reply.status == 201
                && ids.contains(sent.reply.json["senderId"].string ?? "")
                && ids.contains(sent.reply.json["recipientId"].string ?? "")
        }
        var kept: [JSONValue] = []
        try await PageWalk.run { (cursor: String?) in
            let query = cursor.map { [(name: "cursor", value: $0)] } ?? []
            let page = try await server.list(one, with: other, query + [("order", "asc"), ("limit", "100")])
            kept += page.json["items"].items
            return page.json["nextCursor"].string
        }
        // The first message was sent before.
        #expect(kept.map { $0["seq"] } == kept.indices.map { .integer(Int64($0 + 1)) })
        func plain(_ messages: [JSONValue]) -> [String] {
            messages.map { message in
                let files = message["media"].items.map { $0["id"].string ?? "" }
                return "\(message["id"].string ?? "") \(message["text"].string ?? "") \(files)"
            }.sorted()
        }
        #expect(plain(Array(kept.dropFirst())) == plain(created.map(\.reply.json)))
    }
}

private struct Sent: Sendable {
    let kind: String
    let reply: Reply
}

/// Users who write to each other, and users who may not, with files of their own.
private struct People: Sendable {
    let ada, bob, carl, dora, eve: TestServer.Account
    private let files: [String]
    private let foreignFile: String
    private let foreignMessage: String
    private let repeatedId = Identifier.make().description

    init(_ server: TestServer) async throws {
        ada = try await server.account("Ada")
        bob = try await server.account("Bob")
        carl = try await server.account("Carl")
        dora = try await server.account("Dora")
        eve = try await server.account("Eve")
        _ = try await server.contact(of: ada, eve.id, status: "blocked")
        _ = try await server.sent(from: ada, to: bob)
        _ = try await server.sent(from: dora, to: ada)
        foreignMessage = try await server.sent(from: carl, to: dora)
        var files: [String] = []
        for (bytes, owner) in [([1], ada), ([2], ada), ([3], bob)] as [([UInt8], TestServer.Account)] {
            files.append(try await server.upload(bytes, by: owner).json["id"].string ?? "")
        }
        self.files = [files[1], files[0]]
        foreignFile = files[2]
    }

    /// Sends a message whose kind depends on the number.
    func send(_ number: Int, on server: TestServer) async throws -> Sent {
        let text = "Number \(number)"
        switch number % 10 {
        case 0: return Sent(kind: "plain", reply: try await server.message(from: ada, to: bob.id, text))
        case 1: return Sent(kind: "plain", reply: try await server.message(from: bob, to: ada.id, text))
        case 2: return Sent(kind: "plain", reply: try await server.message(from: carl, to: dora.id, text))
        case 3: return Sent(kind: "plain", reply: try await server.message(from: dora, to: ada.id, text))
        case 4:
            return Sent(
                kind: "once", reply: try await server.message(from: ada, to: bob.id, "Once", id: repeatedId))
        case 5: return Sent(kind: "blocked by", reply: try await server.message(from: eve, to: ada.id, text))
        case 6: return Sent(kind: "blocker", reply: try await server.message(from: ada, to: eve.id, text))
        case 7:
            let unknown = Identifier.make().description
            return Sent(kind: "unknown", reply: try await server.message(from: bob, to: unknown, text))
        case 8:
            let reply = try await server.message(from: ada, to: bob.id, text, replyTo: foreignMessage)
            return Sent(kind: "reply", reply: reply)
        default:
            let isOwn = number / 10 % 2 == 0
            let reply = try await send(isOwn ? files : files + [foreignFile], on: server)
            return Sent(kind: isOwn ? "files" : "foreign file", reply: reply)
        }
    }

    private func send(_ media: [String], on server: TestServer) async throws -> Reply {
        let body: JSONValue = [
            "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description),
            "mediaIds": .array(media.map { .string($0) }),
        ]
        return try await server.send(Request("POST", "/messages", token: ada.token, json: body))
    }
}
