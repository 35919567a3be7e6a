import SpecCore
import TestSupport
import Testing

/// Tests of display names, aliases and device names, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct NameTests {
    /// Names that could break a line, turn the direction of what follows, or show nothing.
    private static let refused = [
        "Ada\u{7}", "Ada\nBob", "A\u{85}da", "A\u{2028}da", "Ada\u{7F}", "\u{202E}adA", "\u{2066}Ada", "Ada\u{2069}",
        " ", "\u{3000}", "\u{200B}", "\u{200F}\u{2060}", "\u{FEFF}", "\u{A0} ", "\u{2800}", "\u{3164}",
    ]
    /// Names with marks, joined emojis and directions of their own, and spaces within.
    private static let accepted = ["Ada Lovelace", "👩‍💻", "אדה", "\u{200F}אדה", "e\u{301}", "漢", "O'Neil-Smith, Jr."]

    @Test func refusesNamesThatAreNotOneVisibleLine() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let contact = try await server.contact(of: ada, bob.id).json["id"].string ?? ""
            for name in Self.refused {
                let me = try await server.rename(ada, name)
                #expect(me.json["errors"][0]["pointer"] == "/displayName", "\(name.debugDescription)")
                #expect(try await server.register("eve@example.org", name).status == 400)
                #expect(try await server.login(ada.email, device: name).json["errors"][0]["pointer"] == "/deviceName")
                let alias: JSONValue = ["alias": .string(name), "status": "active"]
                let change = try await server.post("/contacts/\(contact)", alias, token: ada.token, method: "PUT")
                #expect(change.json["errors"][0]["pointer"] == "/alias")
            }
            for name in Self.accepted {
                #expect(try await server.rename(ada, name).json["displayName"].string == name)
            }
        }
    }

    @Test func trimsTheWhiteSpaceAtTheirEnds() async throws {
        try await TestServer.run { server in
            let typed = "\u{3000} Ada  L. \u{A0}"
            let made = try await server.register("ada@example.org", typed)
            #expect(made.json["displayName"] == "Ada  L.")
            let session = try await server.login("ada@example.org", device: " phone ").json
            let ada = TestServer.Account(
                id: made.json["id"].string ?? "", email: "ada@example.org", session: session)
            let devices = try await server.get("/users/me/sessions", token: ada.token).json["items"]
            #expect(devices[0]["name"] == "phone")
            let bob = try await server.account("Bob")
            let contact = try await server.contact(of: ada, bob.id, alias: " Bobby ")
            #expect(contact.json["alias"] == "Bobby")
            let change: JSONValue = ["alias": "\u{2003}Rob ", "status": "active"]
            let path = "/contacts/\(contact.json["id"].string ?? "")"
            #expect(try await server.post(path, change, token: ada.token, method: "PUT").json["alias"] == "Rob")
            #expect(try await server.rename(ada, " Ada ").json["displayName"] == "Ada")
        }
    }

    @Test func keepsTheNameOfDeletedUsersForThem() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            for name in ["Deleted user", " deleted  USER ", "Délétéd user"] {
                for reply in [
                    try await server.rename(ada, name), try await server.register("eve@example.org", name),
                ] {
                    #expect(reply.status == 422)
                    #expect(reply.code == "name-reserved")
                }
            }
            #expect(try await server.rename(ada, "Deleted users").status == 200)
        }
    }
}

extension TestServer {
    /// Changes the display name of a user.
    func rename(_ user: Account, _ name: String) async throws -> Reply {
        try await post("/users/me", ["displayName": .string(name)], token: user.token, method: "PUT")
    }
}
