import SpecCore
import TestSupport
import Testing

/// Tests of users' pictures, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct PictureTests {
    @Test(arguments: SamplePicture.all) func showsAPictureWithoutWhatItTold(sample: SamplePicture) async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let user = try await server.putPicture(sample.withMetadata, of: ada)
            #expect(user.status == 200)
            let reference = user.json["pictureUrl"].string ?? ""
            let parts = reference.split(separator: "?signature=").map(String.init)
            try #require(parts.count == 2 && parts[0] == "/users/\(ada.id)/picture")
            let shown = try await server.send(
                Request("GET", parts[0], query: [(name: "signature", value: parts[1])]))
            #expect(shown.status == 200)
            #expect(shown.body == sample.clean)
            #expect(shown.field("Content-Type") == sample.type)
            #expect(shown.field("Cache-Control") == "private, no-cache")
            let toBob = try await server.send(Request("GET", parts[0], token: bob.token))
            #expect(toBob.body == sample.clean)
            var known = Request("GET", parts[0], token: bob.token)
            known.fields["If-None-Match"] = toBob.field("ETag")
            #expect(try await server.send(known).status == 304)
            let profile = try await server.send(Request("GET", "/users/\(ada.id)", token: bob.token))
            #expect(profile.json["pictureUrl"].string?.hasPrefix(parts[0] + "?signature=") == true)
        }
    }

    @Test func replacesAndTakesDownAPicture() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            _ = try await server.putPicture(SamplePicture.png.clean, of: ada)
            _ = try await server.putPicture(SamplePicture.gif.clean, of: ada)
            #expect(server.objects.count == 1)
            let path = "/users/\(ada.id)/picture"
            #expect(try await server.send(Request("GET", path, token: ada.token)).body == SamplePicture.gif.clean)
            let remove = Request("DELETE", "/users/me/picture", token: ada.token)
            #expect(try await server.send(remove).status == 204)
            #expect(try await server.send(remove).status == 204)
            #expect(server.objects == [])
            #expect(try await server.send(Request("GET", path, token: ada.token)).status == 404)
            let me = try await server.send(Request("GET", "/users/me", token: ada.token))
            #expect(me.json["pictureUrl"] == .null)
        }
    }

    @Test func hidesAPictureFromBlockedUsers() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let eve = try await server.account("Eve")
            _ = try await server.putPicture(SamplePicture.png.clean, of: ada)
            let path = "/users/\(ada.id)/picture"
            #expect(try await server.send(Request("GET", path, token: eve.token)).status == 200)
            let (eves, adas) = (
                try await server.profile(of: ada.id, for: eve).reference("pictureUrl"),
                try await server.get("/users/me", token: ada.token).reference("pictureUrl")
            )
            #expect(try await server.send(eves).status == 200)
            let block: JSONValue = ["userId": .string(eve.id), "status": "blocked"]
            #expect(try await server.send(Request("POST", "/contacts", token: ada.token, json: block)).status == 201)
            #expect(try await server.send(Request("GET", path, token: eve.token)).status == 404)
            #expect(try await server.send(eves).status == 404)
            #expect(try await server.send(adas).status == 200)
            let profile = try await server.send(Request("GET", "/users/\(ada.id)", token: eve.token))
            #expect(profile.json["pictureUrl"] == .null)
        }
    }

    @Test func refusesWhatIsNoPictureAndWhatIsTooLarge() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let text = try await server.putPicture(Array("<svg/>".utf8), of: ada)
            #expect(text.status == 415)
            #expect(text.code == "unsupported-media-type")
            let broken = try await server.putPicture(Array(SamplePicture.png.clean.dropLast()), of: ada)
            #expect(broken.status == 415)
            let bomb = try await server.putPicture(SamplePicture.png.bomb, of: ada)
            #expect(bomb.status == 422)
            #expect(bomb.code == "picture-dimensions")
            let long = try await server.putPicture([UInt8](repeating: 1, count: 5_242_881), of: ada)
            #expect(long.status == 413)
            #expect(server.objects == [])
            #expect(server.leftDrafts == [])
        }
    }
}

extension TestServer {
    func putPicture(_ bytes: [UInt8], of account: Account) async throws -> Reply {
        try await send(Form().with("file", bytes).request("PUT", "/users/me/picture", token: account.token))
    }
}
