import SpecCore
import TestSupport
import Testing

/// Tests every id and cursor in a query or a body with values that belong to another user or do not exist.
@Suite(.timeLimit(.minutes(10))) struct NamedIdTests {
    /// A request and its expected response.
    private struct Trial: Sendable {
        let request: Request
        let rejection: String?
        /// Accepts responses that are not rejections but reveal nothing.
        var isHarmless: @Sendable (Reply) -> Bool = { _ in false }
    }

    /// Ada and Bob, who have a conversation, a file, contacts and pages of them, and a stranger, who has none of these.
    private struct House: Sendable {
        let ada: TestServer.Account
        let bob: TestServer.Account
        let stranger: TestServer.Account
        let message: String
        let clientMessageId: String
        let media: String
        /// Ada's next cursors: of messages, contacts and conversations.
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

    /// The trials by place; a place without an entry fails the test.
    private static func trials(_ house: House) -> [String: [Trial]] {
        let isEmpty: @Sendable (Reply) -> Bool = { $0.status == 200 && $0.json["items"] == [] }
        let me = house.stranger.id
        var trials: [String: [Trial]] = [:]
        trials["sendMessage recipientId"] = [
            Trial(request: house.send(("recipientId", .string(house.unknown))), rejection: "not-found"),
            Trial(request: house.send(("recipientId", .string(house.message))), rejection: "not-found"),
        ]
        // Client ids belong to their sender, so another user's is as good as any.
        trials["sendMessage clientMessageId"] = [
            Trial(
                request: house.send(("clientMessageId", .string(house.clientMessageId))), rejection: nil,
                isHarmless: { $0.status == 201 && $0.json["senderId"].string == me && $0.json["text"] == "x" })
        ]
        trials["sendMessage replyToId"] = [house.message, house.unknown].map {
            Trial(request: house.send(("replyToId", .string($0))), rejection: "reply-unknown")
        }
        trials["sendMessage mediaIds"] = [house.media, house.unknown].map {
            Trial(request: house.send(("mediaIds", [.string($0)])), rejection: "media-unknown")
        }
        trials["addContact userId"] = [house.unknown, house.message].map {
            Trial(
                request: Request("POST", "/contacts", token: house.stranger.token, json: ["userId": .string($0)]),
                rejection: "not-found")
        }
        // The caller's own list of messages with another user: empty if there is no conversation.
        trials["listMessages with"] = [house.ada.id, house.unknown].map {
            Trial(request: house.get("/messages", ("with", $0)), rejection: nil, isHarmless: isEmpty)
        }
        trials["listMessages cursor"] = [
            Trial(
                request: house.get(
                    "/messages", ("with", house.bob.id), ("cursor", house.cursors["listMessages"] ?? "")),
                rejection: "cursor-invalid")
        ]
        trials["listContacts cursor"] = [
            Trial(
                request: house.get("/contacts", ("cursor", house.cursors["listContacts"] ?? "")),
                rejection: "cursor-invalid")
        ]
        trials["listConversations cursor"] = [
            Trial(
                request: house.get("/conversations", ("cursor", house.cursors["listConversations"] ?? "")),
                rejection: "cursor-invalid")
        ]
        // A user who does not exist is shown like one who hides their last-seen time.
        trials["getPresence userIds"] = [
            Trial(
                request: house.get("/presence", ("userIds", house.unknown)), rejection: nil,
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
            #expect(Set(trials.keys) == server.spec.idPlaces, "each id that a request can name has an entry")
            for (place, rows) in trials {
                for trial in rows {
                    let reply = try await server.send(trial.request)
                    if let rejection = trial.rejection {
                        #expect(reply.code == rejection, "\(place) \(reply.status)")
                    } else {
                        #expect(trial.isHarmless(reply), "\(place) \(reply.status) \(reply.json.text)")
                    }
                    #expect(!reply.json.text.contains("secret"), "\(place)")
                }
            }
            // No contact was added.
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
            // A cursor with a changed last character belongs to no list.
            let cursor = house.cursors["listContacts"] ?? ""
            let tampered = cursor.dropLast() + (cursor.hasSuffix("A") ? "Q" : "A")
            let refused = try await server.contacts(of: house.ada, [("cursor", String(tampered))])
            #expect(refused.code == "cursor-invalid")
            let answer = try await server.message(from: house.bob, to: house.ada.id, "x", replyTo: house.message)
            #expect(answer.status == 201)
        }
    }
}
