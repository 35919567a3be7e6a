import SpecCore
import TestSupport
import Testing

/// Tests of last-seen times, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct PresenceTests {
    @Test func tellsWhenSomebodyMadeTheLastRequest() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let before = clock.now
            _ = try await server.send(Request("GET", "/users/me", token: ada.token))
            let after = clock.now
            let reply = try await server.presence(of: [ada.id, bob.id, ada.id], for: bob)
            #expect(reply.json["items"].items.map { $0["userId"].string } == [ada.id, bob.id])
            #expect(reply.json["items"].items.map { $0["status"] } == ["offline", "offline"])
            let seen = reply.json["items"][0]["lastSeenAt"].string ?? ""
            #expect(seen >= "\(before)" && seen <= "\(after)")
        }
    }

    @Test func reportsNoLastSeenOfUsersWhoNeverSignedInOrAreUnknown() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.register("bob@example.org").json["id"].string ?? ""
            let unknown = Identifier.make().description
            let items = try await server.presence(of: [bob, unknown], for: ada).json["items"]
            #expect(items == [hidden(bob), hidden(unknown)])
        }
    }

    private func hidden(_ user: String) -> JSONValue {
        ["userId": .string(user), "status": "offline", "lastSeenAt": nil]
    }

    @Test func showsItToWhomTheSettingsAllow() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.send(Request("GET", "/users/me", token: ada.token))
            func isVisible(to viewer: TestServer.Account) async throws -> Bool {
                try await server.presence(of: [ada.id], for: viewer).json["items"][0] != hidden(ada.id)
            }
            #expect(try await isVisible(to: bob))
            _ = try await server.putSettings(of: ada, ["lastSeenVisibility": "nobody"])
            #expect(try await !isVisible(to: bob))
            #expect(try await isVisible(to: ada))
            _ = try await server.putSettings(of: ada, ["lastSeenVisibility": "contacts"])
            #expect(try await !isVisible(to: bob))
            // That Bob has Ada as a contact is not enough: Ada must have Bob.
            _ = try await server.contact(of: bob, ada.id)
            #expect(try await !isVisible(to: bob))
            let contact = try await server.contact(of: ada, bob.id)
            #expect(try await isVisible(to: bob))
            _ = try await server.putSettings(of: ada, ["lastSeenVisibility": nil])
            let path = "/contacts/\(contact.json["id"].string ?? "")"
            _ = try await server.send(Request("PUT", path, token: ada.token, json: ["status": "blocked"]))
            #expect(try await !isVisible(to: bob))
            // A block works in one direction.
            #expect(try await server.presence(of: [bob.id], for: ada).json["items"][0] != hidden(bob.id))
            _ = try await server.send(Request("DELETE", path, token: ada.token))
            #expect(try await isVisible(to: bob))
        }
    }

    @Test func takesOneToAHundredIds() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            #expect(try await server.presence(of: [], for: ada).json["errors"][0]["code"] == "required")
            #expect(try await server.presence(of: ["x"], for: ada).json["errors"][0]["code"] == "format")
            let many = (0..<101).map { _ in Identifier.make().description }
            #expect(try await server.presence(of: many, for: ada).json["errors"][0]["code"] == "max-items")
            let reply = try await server.presence(of: Array(many.dropLast()), for: ada)
            #expect(reply.json["items"].items.count == 100)
            #expect(try await server.send(Request("GET", "/presence", query: [("userIds", ada.id)])).status == 401)
        }
    }

    @Test(arguments: Engine.allCases)
    func remembersItWhenTheServerStops(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        let (answers, answer) = AsyncStream.makeStream(of: (TestServer.Account, String, JSONValue).self)
        try await TestServer.run(in: folder, databaseURL: url) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.send(Request("GET", "/users/me", token: ada.token))
            answer.yield((bob, ada.id, try await server.presence(of: [ada.id], for: bob).json))
            answer.finish()
        }
        for await (bob, ada, shown) in answers {
            #expect(shown["items"][0]["lastSeenAt"] != .null)
            try await TestServer.run(in: folder, databaseURL: url) { server in
                let later = try await server.presence(of: [ada], for: bob)
                #expect(later.json == shown)
            }
        }
    }
}
