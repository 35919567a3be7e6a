import SpecCore
import TestSupport
import Testing

/// Tests of changing the password and deleting the account with the second factor on, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct CriticalActionTests {
    private static let password = "correct horse battery"
    private static let newPassword = "a long and quiet river"

    private func change(_ token: String, code: String?, _ server: TestServer) async throws -> Reply {
        var body: JSONValue = ["currentPassword": .string(Self.password), "newPassword": .string(Self.newPassword)]
        if let code { body = body.with("code", .string(code)) }
        return try await server.post("/users/me/password", body, token: token, method: "PUT")
    }

    private func delete(_ token: String, code: String?, _ server: TestServer) async throws -> Reply {
        var body: JSONValue = ["password": .string(Self.password)]
        if let code { body = body.with("code", .string(code)) }
        return try await server.post("/users/me/deletion", body, token: token)
    }

    /// A thief of a session who knows the password too.
    @Test func asksForACodeToChangeThePassword() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let missing = try await change(ada.account.token, code: nil, server)
            #expect(missing.status == 422)
            #expect(missing.code == "code-required")
            let wrong = try await change(ada.account.token, code: ada.code(stepsAhead: 9), server)
            #expect(wrong.status == 422)
            #expect(wrong.code == "code-invalid")
            #expect(try await server.login(ada.account.email).status == 202)
            #expect(try await change(ada.account.token, code: ada.nextCode(), server).status == 200)
            #expect(try await server.login(ada.account.email).status == 401)
        }
    }

    @Test func asksForACodeToDeleteTheAccount() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let missing = try await delete(ada.account.token, code: nil, server)
            #expect(missing.status == 422)
            #expect(missing.code == "code-required")
            let wrong = try await delete(ada.account.token, code: "000000", server)
            #expect(wrong.code == "code-invalid")
            #expect(try await server.get("/users/me", token: ada.account.token).status == 200)
            #expect(try await delete(ada.account.token, code: ada.recoveryCodes[0], server).status == 204)
            #expect(try await server.get("/users/me", token: ada.account.token).status == 401)
        }
    }

    @Test func allowsTenWrongCodes() async throws {
        let clock = TestClock()
        try await TestServer.run(limits: true, on: [.sqlite], clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            var statuses: [Int] = []
            // One check of a password was used to enrol.
            for number in 0..<10 {
                let code = ada.code(stepsAhead: Int64(9 + number))
                let reply =
                    number % 2 == 0
                    ? try await change(ada.account.token, code: code, server)
                    : try await delete(ada.account.token, code: code, server)
                statuses.append(reply.status)
            }
            #expect(statuses == Array(repeating: 422, count: 9) + [429])
        }
    }

    /// The refresh token of a thief is worth nothing after the change, not even within the grace period.
    @Test func renewsTheTokensOfTheCurrentSession() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let other = try await server.login(ada.email).json["accessToken"].string ?? ""
            let changed = try await change(ada.token, code: nil, server)
            #expect(changed.status == 200)
            #expect(changed.json["sessionId"] == ada.session["sessionId"])
            #expect(changed.json["user"]["id"].string == ada.id)
            let fresh = changed.json["accessToken"].string ?? ""
            #expect(try await server.get("/users/me", token: fresh).status == 200)
            #expect(try await server.get("/users/me", token: other).status == 401)
            let renewed = try await server.post("/auth/refresh", ["refreshToken": changed.json["refreshToken"]])
            #expect(renewed.status == 200)
            let stolen = try await server.post("/auth/refresh", ["refreshToken": .string(ada.refreshToken)])
            #expect(stolen.status == 401)
            #expect(stolen.code == "token-reused")
        }
    }
}
