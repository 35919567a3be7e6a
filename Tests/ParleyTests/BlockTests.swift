import SpecCore
import TestSupport
import Testing

/// What a block keeps from reaching the other side, over HTTP.
@Suite struct BlockTests {
    @Test func keepsAllThatIsNewFromTheOtherSide() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let clientId = Identifier.make().description
            let id = try await server.message(from: ada, to: bob.id, "Hello", id: clientId).json["id"].string ?? ""
            let block = try await server.contact(of: bob, ada.id, status: "blocked").json["id"].string ?? ""
            let heard = try await server.sync(bob).json["nextAfter"].integer ?? 0
            for (sender, recipient) in [(ada, bob), (bob, ada)] {
                let refused = try await server.message(from: sender, to: recipient.id)
                #expect(refused.status == 403)
                #expect(refused.code == "blocked")
                #expect(try await server.react(to: id, by: sender).code == "blocked")
            }
            #expect(try await server.edit(id, by: ada, "Listen!").code == "blocked")
            // What was sent before stays sent, and stays the sender's.
            #expect(try await server.message(from: ada, to: bob.id, "Hello", id: clientId).status == 200)
            #expect(try await server.events(of: bob, after: heard) == [])
            #expect(try await server.delete(id, by: ada).status == 204)
            #expect(try await server.events(of: bob, after: heard) == ["message:deleted"])
            _ = try await server.send(Request("DELETE", "/contacts/\(block)", token: bob.token))
            #expect(try await server.message(from: ada, to: bob.id).status == 201)
        }
    }
}
