import SpecCore
import TestSupport
import Testing

/// Tests of a user's event log, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct SyncTests {
    @Test func tellsBothSidesWhatHappened() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            #expect(try await server.sync(ada).json == ["items": [], "nextAfter": 0])
            let id = try await server.sent(from: ada, to: bob)
            _ = try await server.set("read", of: id, by: bob)
            let reaction = try await server.react(to: id, by: bob)
            _ = try await server.edit(id, by: ada, "Hello!")
            let names = ["message:new", "message:status", "reaction:added", "message:edited"]
            for user in [ada, bob] {
                let page = try await server.sync(user).json
                let items = page["items"].items
                #expect(items.compactMap { $0["event"].string } == names)
                #expect(items.compactMap { $0["seq"].integer } == [1, 2, 3, 4])
                #expect(page["nextAfter"] == 4)
                let message = try await server.read(id, by: user).json
                #expect([items[0]["data"], items[3]["data"]] == [message, message])
                #expect(items[1]["data"]["status"] == "read")
                #expect(items[1]["data"]["sessionId"] == bob.session["sessionId"])
                #expect(items[2]["data"] == reaction.json)
                #expect(try await server.events(of: user, after: 3) == ["message:edited"])
                #expect(try await server.sync(user, after: 4).json == ["items": [], "nextAfter": 4])
            }
        }
    }

    @Test func keepsNoCopyOfADeletedMessage() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob, "Secret")
            _ = try await server.delete(id, by: ada)
            let reply = try await server.sync(bob)
            #expect(!String(decoding: reply.body, as: UTF8.self).contains("Secret"))
            let items = reply.json["items"].items
            #expect(items.compactMap { $0["event"].string } == ["message:new", "message:deleted"])
            #expect(items.allSatisfy { $0["data"]["deletedAt"].string != nil })
        }
    }

    @Test func tellsTheOwnDevicesOfContactsProfileAndSettings() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let kept = try await server.contact(of: ada, bob.id)
            let eve = try await server.account("Eve")
            let gone = try await server.contact(of: ada, eve.id).json["id"]
            _ = try await server.send(Request("DELETE", "/contacts/\(gone.string ?? "")", token: ada.token))
            let me = try await server.send(
                Request("PUT", "/users/me", token: ada.token, json: ["displayName": "Ada L."]))
            let settings = try await server.putSettings(of: ada, ["notifications": false])
            let items = try await server.sync(ada).json["items"].items
            let removed: JSONValue = ["id": gone, "removed": true]
            #expect(items.map { $0["data"] } == [kept.json, removed, removed, me.json, settings.json])
            #expect(try await server.events(of: bob) == [])
        }
    }

    @Test func hasNoGapsAndNoRepeatsWhenManySendAtOnce() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            let pairs = [(ada, bob), (bob, ada), (ada, eve), (eve, bob)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (sender, recipient) in pairs {
                    group.addTask {
                        for _ in 1...15 { _ = try await server.sent(from: sender, to: recipient) }
                    }
                }
                try await group.waitForAll()
            }
            for (user, count) in [(ada, 45), (bob, 45), (eve, 30)] {
                var seen: [Int64] = []
                var messages: Set<String> = []
                try await PageWalk.run { (after: Int64?) in
                    let page = try await server.sync(user, after: after ?? 0, limit: 7).json
                    if page["items"].items.isEmpty { return nil }
                    seen += page["items"].items.compactMap { $0["seq"].integer }
                    messages.formUnion(page["items"].items.compactMap { $0["data"]["id"].string })
                    return page["nextAfter"].integer ?? .max
                }
                #expect(seen == Array(1...Int64(count)))
                #expect(messages.count == count)
            }
        }
    }

    @Test func refusesAPositionThatTheLogDoesNotReach() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.sent(from: ada, to: bob)
            let ahead = try await server.sync(ada, after: 2)
            #expect(ahead.status == 410)
            #expect(ahead.code == "cursor-expired")
            #expect(try await server.sync(ada, after: -1).status == 400)
            #expect(try await server.sync(ada, limit: 501).status == 400)
            #expect(try await server.send(Request("GET", "/sync")).status == 401)
        }
    }
}
