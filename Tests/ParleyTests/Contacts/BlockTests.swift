import SpecCore
import TestSupport
import Testing

/// Tests of the effects of a block, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct BlockTests {
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
            // Earlier messages remain, and still belong to their sender.
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
                // What is shown is what is found: a search does not tell of the block.
                #expect(try await found("Ada") == 1)
                #expect(try await found(new) == 0)
            }
            let again: JSONValue = ["status": "blocked", "alias": "no"]
            _ = try await server.post("/contacts/\(block)", again, token: ada.token, method: "PUT")
            #expect(try await seen() == ["Ada", "Ada", "Ada"])
            _ = try await server.post("/contacts/\(block)", ["status": "active"], token: ada.token, method: "PUT")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            #expect(try await [found("Ada"), found("Hedy")] == [0, 1])
            _ = try await server.post("/contacts/\(block)", ["status": "blocked"], token: ada.token, method: "PUT")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            try await name("Joan")
            #expect(try await seen() == ["Hedy", "Hedy", "Hedy"])
            #expect(try await server.get("/users/me", token: ada.token).json["displayName"] == "Joan")
            _ = try await server.send(Request("DELETE", "/contacts/\(block)", token: ada.token))
            #expect(try await seen() == ["Joan", "Joan", "Joan"])
            #expect(try await [found("Hedy"), found("Joan")] == [0, 1])
        }
    }

    /// A message before the block, and one after it.
    private static func showsOfReading(
        _ server: TestServer, _ ada: TestServer.Account, _ ids: [String]
    ) async throws -> [[String]] {
        var shown: [[String]] = []
        for id in ids {
            shown.append([try await server.read(id, by: ada).json["status"].string ?? ""])
            shown.append(try await server.history(of: id, for: ada))
        }
        return shown
    }

    @Test func hidesReadMarksFromBlockedUsers() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            var ids: [String] = []
            for number in 1...4 { ids.append(try await server.sent(from: ada, to: bob, "\(number)")) }
            #expect(try await server.set("delivered", of: ids[0], by: bob).status == 200)
            let block = try await server.contact(of: bob, ada.id, status: "blocked").json["id"].string ?? ""
            let heard = try await server.sync(ada).json["nextAfter"].integer ?? 0
            // The reader sees the steps, the blocked sender does not.
            #expect(try await server.set("delivered", of: ids[1], by: bob).json["status"] == "delivered")
            #expect(try await server.set("read", of: ids[2], by: bob).json["status"] == "read")
            #expect(try await server.history(of: ids[2], for: bob) == ["sent", "delivered", "read"])
            let before = [["delivered"], ["sent", "delivered"], ["sent"], ["sent"], ["sent"], ["sent"]]
            #expect(try await Self.showsOfReading(server, ada, Array(ids[..<3])) == before)
            #expect(try await server.events(of: ada, after: heard) == [])
            // After the block ended, what was done during it stays hidden; later steps show.
            _ = try await server.send(Request("DELETE", "/contacts/\(block)", token: bob.token))
            #expect(try await server.set("read", of: ids[2], by: bob).status == 200)
            #expect(try await Self.showsOfReading(server, ada, Array(ids[..<3])) == before)
            #expect(try await server.set("read", of: ids[3], by: bob).status == 200)
            for id in ids { #expect(try await server.read(id, by: ada).json["status"] == "read") }
            #expect(try await server.events(of: ada, after: heard) == ["message:status"])
        }
    }

    @Test func showsStepsAfterABlockOnlyAsFarAsTheyGo() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let first = try await server.sent(from: ada, to: bob)
            let second = try await server.sent(from: ada, to: bob)
            let block = try await server.contact(of: bob, ada.id, status: "blocked").json["id"].string ?? ""
            _ = try await server.set("delivered", of: second, by: bob)
            _ = try await server.send(Request("DELETE", "/contacts/\(block)", token: bob.token))
            _ = try await server.set("read", of: first, by: bob)
            #expect(try await server.read(first, by: ada).json["status"] == "read")
            #expect(try await server.read(second, by: ada).json["status"] == "sent")
        }
    }
}
