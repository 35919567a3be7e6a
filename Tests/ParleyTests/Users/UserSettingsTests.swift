import SpecCore
import TestSupport
import Testing

/// Tests of user settings, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct UserSettingsTests {
    private static let defaults: JSONValue = [
        "readReceipts": true, "lastSeenVisibility": "everyone", "notifications": true,
    ]

    @Test func beginsWithTheDefaults() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let read = Request("GET", "/users/me/settings", token: ada.token)
            #expect(try await server.send(read).json == Self.defaults)
            #expect(try await server.putSettings(of: ada, [:]).json == Self.defaults)
            #expect(try await server.send(read).json == Self.defaults)
        }
    }

    @Test func changesWhatIsGivenAndLeavesTheRest() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            #expect(
                try await server.putSettings(of: ada, ["readReceipts": false, "lastSeenVisibility": "nobody"]).json
                    == ["readReceipts": false, "lastSeenVisibility": "nobody", "notifications": true])
            #expect(
                try await server.putSettings(of: ada, ["notifications": false]).json
                    == ["readReceipts": false, "lastSeenVisibility": "nobody", "notifications": false])
            let back = try await server.putSettings(of: ada, ["readReceipts": nil, "lastSeenVisibility": nil]).json
            #expect(back == ["readReceipts": true, "lastSeenVisibility": "everyone", "notifications": false])
            let read = Request("GET", "/users/me/settings", token: ada.token)
            #expect(try await server.send(read).json == back)
            let others = try await server.send(Request("GET", "/users/me/settings", token: bob.token))
            #expect(others.json == Self.defaults)
        }
    }

    @Test func refusesWhatIsNoSetting() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let reply = try await server.putSettings(
                of: ada, ["readReceipts": "yes", "lastSeenVisibility": "friends", "theme": "dark"])
            let errors = reply.json["errors"].items.map { "\($0["pointer"].string ?? "") \($0["code"].string ?? "")" }
            #expect(errors == ["/readReceipts type", "/lastSeenVisibility enum", "/theme unknown-member"])
            #expect(try await server.send(Request("GET", "/users/me/settings")).status == 401)
        }
    }
}
