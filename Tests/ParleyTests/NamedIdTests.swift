import SpecCore
import TestSupport
import Testing

/// Every id and every place in a list that a query or a body can name, with what belongs to others or to nobody.
@Suite struct NamedIdTests {
    /// What is asked, and what the answer has to be.
    private struct Trial: Sendable {
        let request: Request
        let refusal: String?
        /// What an answer that is no refusal has to be.
        var isHarmless: @Sendable (Reply) -> Bool = { _ in false }
    }

    /// Ada and Bob have a conversation, a file, contacts and pages of them; the stranger has none of it.
    private struct House: Sendable {
        let ada: TestServer.Account
        let bob: TestServer.Account
        let stranger: TestServer.Account
        let message: String
        let clientMessageId: String
        let media: String
        /// Ada's next pages: of messages, contacts and conversations.
        let cursors: [String: String]
        let unknown = Identifier.make().description

        init(_ server: TestServer) async throws {
            ada = try await server.account("Ada")
            bob = try await server.account("Bob")
            stranger = try await server.account("Stranger")
            let carl = try await server.account("Carl")
            clientMessageId = Identifier.make().description
            let sent = try await server.message(from: ada, to: bob.id, "secret", id: clientMessageId)
            message = sent.json["id"].string ?? ""
            for other in [carl, bob] {
                _ = try await server.message(from: ada, to: other.id)
                _ = try await server.contact(of: ada, other.id)
            }
            let form = Form().with("file", Array("secret".utf8), fileName: "a.txt")
            media = try await server.send(form.request("POST", "/media", token: ada.token)).json["id"].string ?? ""
            let one = (name: "limit", value: "1")
            let pages = [
                "listMessages": try await server.list(ada, with: bob, [one]),
                "listContacts": try await server.contacts(of: ada, [one]),
                "listConversations": try await server.conversations(of: ada, [one]),
            ]
            cursors = pages.compactMapValues { $0.json["nextCursor"].string }
        }

        func send(_ changes: (String, JSONValue)...) -> Request {
            var body: JSONValue = [
                "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description), "text": "x",
            ]
            for (name, value) in changes { body = body.with(name, value) }
            return Request("POST", "/messages", token: stranger.token, json: body)
        }

        func get(_ path: String, _ query: (name: String, value: String)...) -> Request {
            Request("GET", path, query: query, token: stranger.token)
        }
    }

    /// The matrix: a place without a row here fails the test.
    private static func trials(_ house: House) -> [String: [Trial]] {
        let isEmpty: @Sendable (Reply) -> Bool = { $0.status == 200 && $0.json["items"] == [] }
        let me = house.stranger.id
        var trials: [String: [Trial]] = [:]
        trials["sendMessage recipientId"] = [
            Trial(request: house.send(("recipientId", .string(house.unknown))), refusal: "not-found"),
            Trial(request: house.send(("recipientId", .string(house.message))), refusal: "not-found"),
        ]
        // Each sender has client ids of their own: another's is as good as any.
        trials["sendMessage clientMessageId"] = [
            Trial(
                request: house.send(("clientMessageId", .string(house.clientMessageId))), refusal: nil,
                isHarmless: { $0.status == 201 && $0.json["senderId"].string == me && $0.json["text"] == "x" })
        ]
        trials["sendMessage replyToId"] = [house.message, house.unknown].map {
            Trial(request: house.send(("replyToId", .string($0))), refusal: "reply-unknown")
        }
        trials["sendMessage mediaIds"] = [house.media, house.unknown].map {
            Trial(request: house.send(("mediaIds", [.string($0)])), refusal: "media-unknown")
        }
        trials["addContact userId"] = [house.unknown, house.message].map {
            Trial(
                request: Request("POST", "/contacts", token: house.stranger.token, json: ["userId": .string($0)]),
                refusal: "not-found")
        }
        // A list of one's own with somebody: with nobody, or nobody one knows, it is empty.
        trials["listMessages with"] = [house.ada.id, house.unknown].map {
            Trial(request: house.get("/messages", ("with", $0)), refusal: nil, isHarmless: isEmpty)
        }
        trials["listMessages cursor"] = [
            Trial(
                request: house.get(
                    "/messages", ("with", house.bob.id), ("cursor", house.cursors["listMessages"] ?? "")),
                refusal: "cursor-invalid")
        ]
        trials["listContacts cursor"] = [
            Trial(
                request: house.get("/contacts", ("cursor", house.cursors["listContacts"] ?? "")),
                refusal: "cursor-invalid")
        ]
        trials["listConversations cursor"] = [
            Trial(
                request: house.get("/conversations", ("cursor", house.cursors["listConversations"] ?? "")),
                refusal: "cursor-invalid")
        ]
        // Whoever is not there is told of like somebody who hides.
        trials["getPresence userIds"] = [
            Trial(
                request: house.get("/presence", ("userIds", house.unknown)), refusal: nil,
                isHarmless: {
                    $0.json["items"].items.count == 1 && $0.json["items"][0]["lastSeenAt"] == .null
                        && $0.json["items"][0]["status"] != "online"
                })
        ]
        return trials
    }

    @Test func tellsNothingOfOtherPeoplesThings() async throws {
        try await TestServer.run { server in
            let house = try await House(server)
            let trials = Self.trials(house)
            #expect(Set(trials.keys) == server.spec.idPlaces, "each id that a request can name has its row")
            for (place, rows) in trials {
                for trial in rows {
                    let reply = try await server.send(trial.request)
                    if let refusal = trial.refusal {
                        #expect(reply.code == refusal, "\(place) \(reply.status)")
                    } else {
                        #expect(trial.isHarmless(reply), "\(place) \(reply.status) \(reply.json.text)")
                    }
                    #expect(!reply.json.text.contains("secret"), "\(place)")
                }
            }
            // Nothing was made of it.
            let mine = try await server.send(Request("GET", "/contacts", token: house.stranger.token))
            #expect(mine.json["items"] == [])
        }
    }

    @Test func showsItsRowsToThoseConcerned() async throws {
        try await TestServer.run { server in
            let house = try await House(server)
            #expect(house.cursors.count == 3)
            let next: [(name: String, value: String)] = [("cursor", house.cursors["listContacts"] ?? "")]
            #expect(try await server.contacts(of: house.ada, next).json["items"].items.count == 1)
            // The same with another last character is nobody's.
            let cursor = house.cursors["listContacts"] ?? ""
            let tampered = cursor.dropLast() + (cursor.hasSuffix("A") ? "Q" : "A")
            let refused = try await server.contacts(of: house.ada, [("cursor", String(tampered))])
            #expect(refused.code == "cursor-invalid")
            let answer = try await server.message(from: house.bob, to: house.ada.id, "x", replyTo: house.message)
            #expect(answer.status == 201)
        }
    }
}
