import SpecCore
import TestSupport
import Testing

/// Tests of account deletion, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct DeletionTests {
    private func delete(
        _ account: TestServer.Account, _ server: TestServer, password: String = "correct horse battery"
    ) async throws -> Reply {
        try await server.post("/users/me/deletion", ["password": .string(password)], token: account.token)
    }

    @Test func endsEverySessionAndFreesTheAddress() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let phone = try await server.login(ada.email).json
            let wrong = try await delete(ada, server, password: "wrong")
            #expect(wrong.status == 403)
            #expect(wrong.code == "password-wrong")
            #expect(try await delete(ada, server).status == 204)
            for token in [ada.token, phone["accessToken"].string ?? ""] {
                #expect(try await server.get("/users/me", token: token).code == "unauthenticated")
            }
            #expect(
                try await server.post("/auth/refresh", ["refreshToken": phone["refreshToken"]]).code
                    == "unauthenticated")
            #expect(try await server.login(ada.email).code == "invalid-credentials")
            #expect(try await server.login("deleted \(ada.id)", password: "").status == 400)
            #expect(try await server.login("deleted \(ada.id)").code == "invalid-credentials")
            #expect(await Mailbox(server.folder).mail("Your account is deleted", to: ada.email) != nil)
            let again = try await server.account("Ada")
            #expect(again.id != ada.id)
        }
    }

    @Test func leavesItsMessagesToTheOtherSide() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let sent = try await server.message(from: ada, to: bob.id, "Goodbye").json
            #expect(try await delete(ada, server).status == 204)
            let list = try await server.send(Request("GET", "/messages", query: [("with", ada.id)], token: bob.token))
            #expect(list.json["items"] == [sent])
        }
    }

    @Test func takesItsFilesAlongButThoseThatOthersHave() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.putPicture(SamplePicture.png.clean, of: ada)
            let given = try await server.upload(Array("given".utf8), by: ada)
            let kept = try await server.upload(Array("kept".utf8), by: ada)
            let url = kept.json["url"].string ?? ""
            #expect(try await server.send([given], from: ada, to: bob).status == 201)
            #expect(server.objects.count == 3)
            #expect(try await delete(ada, server).status == 204)
            #expect(server.objects.map { $0.split(separator: "/").last.map(String.init) } == [given.json["id"].string])
            #expect(try await server.send(Request("GET", url)).status == 404)
            #expect(try await server.send(Request("GET", given.path, token: bob.token)).body == Array("given".utf8))
        }
    }

    @Test func takesTheTokensOfTheAccountAlong() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let token = try await ada.resetToken()
            let login = try await server.login(ada.account.email)
            let body: JSONValue = ["password": "correct horse battery", "code": .string(ada.nextCode())]
            #expect(try await server.post("/users/me/deletion", body, token: ada.account.token).status == 204)
            #expect(try await ada.redeem(login, ada.nextCode()).code == "code-invalid")
            let reset = try await server.post(
                "/auth/password/reset", ["token": .string(token), "password": "another horse battery"])
            #expect(reset.code == "token-invalid")
        }
    }
}
