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

    @Test func keepsANewNameFromTheOtherSide() async throws {
        try await TestServer.run { server in
            let (ada, eve) = (try await server.account("Ada"), try await server.account("Eve"))
            _ = try await server.sent(from: eve, to: ada)
            _ = try await server.contact(of: eve, ada.id)
            func name(_ name: String) async throws {
                let body: JSONValue = ["displayName": .string(name)]
                #expect(try await server.post("/users/me", body, token: ada.token, method: "PUT").status == 200)
            }
            func seen() async throws -> [String?] {
                let peer = try await server.conversations(of: eve).json["items"][0]["peer"]
                let contact = try await server.contacts(of: eve).json["items"][0]["user"]
                let profile = try await server.profile(of: ada.id, for: eve).json
                return [peer, contact, profile].map { $0["displayName"].string }
            }
            func found(_ search: String) async throws -> Int {
                try await server.contacts(of: eve, [("search", search)]).json["items"].items.count
            }
            let block = try await server.contact(of: ada, eve.id, status: "blocked").json["id"].string ?? ""
            for new in ["Grace", "Hedy"] {
                try await name(new)
                #expect(try await seen() == ["Ada", "Ada", "Ada"])
                // Neither by the old name nor by a new one: a block hides its owner from searches.
                #expect(try await found("Ada") == 0)
                #expect(try await found(new) == 0)
            }
            let again: JSONValue = ["status": "blocked", "alias": "no"]
            _ = try await server.post("/contacts/\(block)", again, token: ada.token, method: "PUT")
            #expect(try await seen() == ["Ada", "Ada", "Ada"])
            _ = try await server.post("/contacts/\(block)", ["status": "active"], token: ada.token, method: "PUT")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            _ = try await server.post("/contacts/\(block)", ["status": "blocked"], token: ada.token, method: "PUT")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            try await name("Joan")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            #expect(try await server.get("/users/me", token: ada.token).json["displayName"] == "Joan")
            _ = try await server.send(Request("DELETE", "/contacts/\(block)", token: ada.token))
            #expect(try await seen() == ["Joan", "Joan", "Joan"])
        }
    }
}
