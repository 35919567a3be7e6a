import SpecCore
import TestSupport
import Testing

/// Tests of editing and deleting messages, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct MessageChangeTests {
    @Test func showsBothSidesTheNewText() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob, "Helo")
            let edited = try await server.edit(id, by: ada, "Hello")
            #expect(edited.status == 200)
            #expect(edited.json["text"] == "Hello")
            #expect(edited.json["editedAt"].string != nil)
            #expect(try await server.read(id, by: bob).json == edited.json)
            #expect(try await server.events(of: bob) == ["message:new", "message:edited"])
            #expect(try await server.edit(id, by: ada, "Hello").json == edited.json)
            #expect(try await server.events(of: ada) == ["message:new", "message:edited"])
        }
    }

    @Test func letsOnlyTheSenderChangeAMessage() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            let id = try await server.sent(from: ada, to: bob)
            #expect(try await server.edit(id, by: bob, "Mine").code == "forbidden")
            #expect(try await server.delete(id, by: bob).code == "forbidden")
            #expect(try await server.edit(id, by: eve, "Mine").code == "not-found")
            #expect(try await server.delete(id, by: eve).code == "not-found")
            #expect(try await server.edit(id, by: ada, "").status == 400)
            #expect(try await server.edit(Identifier.make().description, by: ada, "x").code == "not-found")
            #expect(try await server.read(id, by: bob).json["text"] == "Hello")
        }
    }

    @Test func closesAMessageToEditsAfterFifteenMinutes() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            clock.advance(seconds: 14 * 60)
            #expect(try await server.edit(id, by: ada, "In time").status == 200)
            clock.advance(seconds: 61)
            // The access tokens have expired by now, too.
            let (later, other) = (try await server.returning("Ada"), try await server.returning("Bob"))
            let refused = try await server.edit(id, by: later, "Too late")
            #expect(refused.status == 422)
            #expect(refused.code == "edit-window-closed")
            #expect(try await server.edit(id, by: other, "Too late").code == "forbidden")
            #expect(try await server.delete(id, by: later).status == 204)
        }
    }

    @Test func leavesOfADeletedMessageThatItWasThere() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let clientId = Identifier.make().description
            let first = try await server.message(from: ada, to: bob.id, "Secret", id: clientId).json
            let id = first["id"].string ?? ""
            _ = try await server.react(to: id, by: bob)
            #expect(try await server.delete(id, by: ada).status == 204)
            let seen = try await server.read(id, by: bob).json
            #expect(seen["deletedAt"].string != nil)
            #expect(seen["text"] == nil)
            #expect(seen["media"] == [])
            #expect(seen["reactions"] == [])
            #expect(seen["seq"] == first["seq"])
            #expect(try await server.read(id, by: ada).json == seen)
            #expect(try await server.list(bob, with: ada).json["items"] == [seen])
            #expect(try await server.list(bob, with: ada, [("search", "secret")]).json["items"] == [])
            // A repeated send is still recognised.
            let again = try await server.message(from: ada, to: bob.id, "Secret", id: clientId)
            #expect(again.status == 200)
            #expect(again.json == seen)
        }
    }

    @Test func tellsAnotherMessageFromARepeatedOneAfterItChanged() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let clientId = Identifier.make().description
            let id = try await server.message(from: ada, to: bob.id, "First", id: clientId).json["id"].string ?? ""
            let changes: [() async throws -> Reply] = [
                { try await server.edit(id, by: ada, "Second") }, { try await server.delete(id, by: ada) },
            ]
            for change in changes {
                _ = try await change()
                #expect(try await server.message(from: ada, to: bob.id, "First", id: clientId).status == 200)
                for text in ["Second", "Third"] {
                    let other = try await server.message(from: ada, to: bob.id, text, id: clientId)
                    #expect(other.status == 409)
                    #expect(other.code == "client-message-id-reused")
                }
            }
            #expect(try await server.list(ada, with: bob).json["items"].items.count == 1)
        }
    }

    @Test func changesADeletedMessageNoMore() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            let reaction = try await server.react(to: id, by: ada).json["id"].string ?? ""
            _ = try await server.delete(id, by: ada)
            #expect(try await server.delete(id, by: ada).code == "not-found")
            #expect(try await server.edit(id, by: ada, "Back").code == "not-found")
            #expect(try await server.react(to: id, by: bob).code == "not-found")
            #expect(try await server.unreact(reaction, to: id, by: ada).code == "not-found")
            #expect(try await server.set("read", of: id, by: ada).code == "not-found")
            #expect(try await server.set("read", of: id, by: bob).status == 200)
            #expect(try await server.history(of: id, for: ada) == ["sent", "delivered", "read"])
        }
    }

    @Test func findsAnEditedMessageByItsNewWordsOnly() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob, "An old text")
            _ = try await server.edit(id, by: ada, "A new text")
            #expect(try await server.list(ada, with: bob, [("search", "old")]).json["items"] == [])
            #expect(try await server.list(ada, with: bob, [("search", "new")]).json["items"][0]["id"].string == id)
        }
    }
}
