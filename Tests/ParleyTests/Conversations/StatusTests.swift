import SpecCore
import TestSupport
import Testing

/// Tests of delivery statuses, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct StatusTests {
    @Test func takesEarlierMessagesAlong() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            var ids: [String] = []
            for number in 1...3 { ids.append(try await server.sent(from: ada, to: bob, "\(number)")) }
            let own = try await server.sent(from: bob, to: ada)
            let step = try await server.set("delivered", of: ids[1], by: bob)
            #expect(step.status == 200)
            #expect(step.json["messageId"].string == ids[1])
            #expect(step.json["status"] == "delivered")
            #expect(step.json["userId"].string == bob.id)
            #expect(step.json["sessionId"] == bob.session["sessionId"])
            let listed = try await server.list(ada, with: bob, [("order", "asc")]).json["items"].items
            #expect(listed.map { $0["status"] } == ["delivered", "delivered", "sent", "sent"])
            #expect(try await server.history(of: ids[0], for: ada) == ["sent", "delivered"])
            #expect(try await server.history(of: own, for: ada) == ["sent"])
        }
    }

    @Test func deliversWhatIsRead() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            #expect(try await server.set("read", of: id, by: bob).json["status"] == "read")
            for viewer in [ada, bob] {
                #expect(try await server.read(id, by: viewer).json["status"] == "read")
                #expect(try await server.history(of: id, for: viewer) == ["sent", "delivered", "read"])
            }
            #expect(try await server.events(of: ada) == ["message:new", "message:status"])
        }
    }

    @Test func changesNothingByAStepBackwards() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let first = try await server.sent(from: ada, to: bob)
            let second = try await server.sent(from: ada, to: bob)
            let read = try await server.set("read", of: second, by: bob)
            let heard = try await server.sync(ada).json["nextAfter"]
            for status in ["delivered", "read"] {
                let back = try await server.set(status, of: second, by: bob)
                #expect(back.status == 200)
                #expect(back.json == read.json)
                #expect(try await server.set(status, of: first, by: bob).json["status"] == "read")
            }
            #expect(try await server.sync(ada).json["nextAfter"] == heard)
        }
    }

    @Test func letsOnlyTheRecipientSayHowFarAMessageCame() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            let id = try await server.sent(from: ada, to: bob)
            let own = try await server.set("read", of: id, by: ada)
            #expect([own.status == 403, own.code == "forbidden"] == [true, true])
            #expect(try await server.set("read", of: id, by: eve).code == "not-found")
            #expect(try await server.set("sent", of: id, by: bob).status == 400)
            let seen = try await server.send(Request("GET", "/messages/\(id)/status", token: eve.token))
            #expect(seen.code == "not-found")
        }
    }

    @Test func showsAReaderWithoutReceiptsAsDelivered() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.putSettings(of: bob, ["readReceipts": false])
            let start = try await server.sync(bob).json["nextAfter"].integer ?? 0
            let first = try await server.sent(from: ada, to: bob)
            let second = try await server.sent(from: ada, to: bob)
            #expect(try await server.set("delivered", of: first, by: bob).status == 200)
            #expect(try await server.set("read", of: first, by: bob).json["status"] == "read")
            #expect(try await server.set("read", of: second, by: bob).json["status"] == "read")
            for id in [first, second] {
                #expect(try await server.read(id, by: ada).json["status"] == "delivered")
                #expect(try await server.history(of: id, for: ada) == ["sent", "delivered"])
                #expect(try await server.read(id, by: bob).json["status"] == "read")
                #expect(try await server.history(of: id, for: bob) == ["sent", "delivered", "read"])
            }
            // The log shows the sender no more: one step for the first message, one for the second.
            let heard = try await server.sync(ada).json["items"].items.filter { $0["event"] == "message:status" }
            #expect(heard.map { $0["data"]["status"] } == ["delivered", "delivered"])
            let told = try await server.sync(bob, after: start).json["items"].items.dropFirst(2)
            #expect(told.map { $0["data"]["status"] } == ["delivered", "read", "read"])
        }
    }
}
