import SpecCore
import TestSupport
import Testing

/// Tests of two nodes that share only a PostgreSQL: a change made on one is effective on the other.
@Suite(.timeLimit(.minutes(10))) struct TwoNodesTests {
    private static func run(
        clock: TestClock = TestClock(),
        _ body: @escaping @Sendable (_ one: TestServer, _ two: TestServer) async throws -> Void
    ) async throws {
        try await Turnstile.servers.pass {
            let folder = try TemporaryFolder()
            let url = try await Engine.postgres.databaseURL(in: folder)
            try await TestServer.run(in: folder, databaseURL: url, clock: clock) { one in
                try await TestServer.run(in: folder, databaseURL: url, clock: clock) { two in
                    try await body(one, two)
                }
            }
        }
    }

    private func refresh(_ token: JSONValue, on node: TestServer) async throws -> Reply {
        try await node.post("/auth/refresh", ["refreshToken": token])
    }

    /// Returns true if the node rejects the token within a second.
    private func refuses(_ token: String, _ node: TestServer) async throws -> Bool {
        let began = ContinuousClock.now
        repeat {
            if try await node.get("/users/me", token: token).status == 401 { return true }
        } while ContinuousClock.now - began < .seconds(1)
        return false
    }

    @Test func rotateRefreshTokensTogether() async throws {
        try await Self.run { one, two in
            let ada = try await one.account("Ada")
            let first = ada.session["refreshToken"]
            let next = try await refresh(first, on: one)
            let again = try await refresh(first, on: two)
            #expect([next.status, again.status] == [200, 200])
            #expect(next.json["refreshToken"] == again.json["refreshToken"])
            let third = try await refresh(next.json["refreshToken"], on: two)
            #expect(third.status == 200)
            let token = third.json["accessToken"].string ?? ""
            #expect(try await one.get("/users/me", token: token).status == 200)
            // The successor has been used by now: the old token counts as stolen.
            #expect(try await refresh(first, on: one).code == "token-reused")
            #expect(try await refuses(token, two))
            #expect(try await refresh(third.json["refreshToken"], on: two).status == 401)
        }
    }

    @Test func giveOneSuccessorToTwoRefreshesAtOnce() async throws {
        try await Self.run { one, two in
            for number in 0..<4 {
                let user = try await one.account("User\(number)")
                async let left = refresh(user.session["refreshToken"], on: one)
                async let right = refresh(user.session["refreshToken"], on: two)
                let (first, second) = try await (left, right)
                #expect([first.status, second.status] == [200, 200])
                #expect(first.json["refreshToken"] == second.json["refreshToken"])
            }
        }
    }

    @Test func storeOneOfTwoEqualSends() async throws {
        try await Self.run { one, two in
            let (ada, bob) = (try await one.account("Ada"), try await one.account("Bob"))
            for _ in 0..<16 {
                let id = Identifier.make().description
                async let left = one.message(from: ada, to: bob.id, id: id)
                async let right = two.message(from: ada, to: bob.id, id: id)
                let (first, second) = try await (left, right)
                #expect([first.status, second.status].sorted() == [200, 201])
                #expect(first.json["id"] == second.json["id"])
            }
            let page = try await two.list(bob, with: ada, [("limit", "100"), ("order", "asc")])
            #expect(page.json["items"].items.compactMap { $0["seq"].integer } == Array(1...16))
        }
    }

    @Test func doTheWorkOfOneIdempotencyKeyOnce() async throws {
        try await Self.run { one, two in
            let ada = try await one.account("Ada")
            for number in 0..<8 {
                let other = try await one.account("Other\(number)")
                var request = Request("POST", "/contacts", token: ada.token, json: ["userId": .string(other.id)])
                request.fields["Idempotency-Key"] = "key-\(number)"
                let sent = request
                async let left = one.send(sent)
                async let right = two.send(sent)
                let replies = try await [left, right]
                // The later request is rejected as too early, or gets the same response.
                #expect(replies.contains { $0.status == 201 })
                #expect(replies.allSatisfy { $0.status == 201 || $0.code == "idempotency-running" })
                let replayed = try await [one.send(sent), two.send(sent)]
                #expect(replayed.map(\.status) == [201, 201])
                #expect(replayed.allSatisfy { $0.field("Idempotency-Replayed") == "true" })
                #expect(replayed[0].body == replayed[1].body)
            }
            #expect(try await two.contacts(of: ada).json["items"].items.count == 8)
        }
    }

    @Test func takeACodeOfTheAuthenticatorOnce() async throws {
        let clock = TestClock()
        try await Self.run(clock: clock) { one, two in
            let ada = try await Enrolled(one, "Ada", clock)
            func redeem(_ challenge: Reply, _ code: String, on node: TestServer) async throws -> Reply {
                try await node.post(
                    "/auth/two-factor",
                    ["challengeToken": challenge.json["challengeToken"], "code": .string(code)])
            }
            let challenges = [try await one.login(ada.account.email), try await two.login(ada.account.email)]
            #expect(challenges.map(\.status) == [202, 202])
            let code = ada.nextCode()
            // A challenge of the other node is as valid as one of its own.
            #expect(try await redeem(challenges[0], code, on: two).status == 200)
            #expect(try await redeem(challenges[1], code, on: one).code == "code-invalid")
            let more = [try await one.login(ada.account.email), try await two.login(ada.account.email)]
            let next = ada.nextCode()
            async let left = redeem(more[0], next, on: one)
            async let right = redeem(more[1], next, on: two)
            let statuses = try await [left.status, right.status]
            #expect(statuses.sorted() == [200, 401])
        }
    }

    @Test func endSessionsTogether() async throws {
        try await Self.run { one, two in
            let ada = try await one.account("Ada")
            let phone = try await two.login(ada.email).json
            let token = phone["accessToken"].string ?? ""
            for node in [one, two] { #expect(try await node.get("/users/me", token: token).status == 200) }
            let path = "/users/me/sessions/\(phone["sessionId"].string ?? "")"
            #expect(try await one.send(Request("DELETE", path, token: ada.token)).status == 204)
            #expect(try await refuses(token, two))
            #expect(try await two.get("/users/me", token: ada.token).status == 200)
            #expect(try await refresh(phone["refreshToken"], on: two).status == 401)
        }
    }

    @Test func endSessionsWithTheOldPassword() async throws {
        try await Self.run { one, two in
            let ada = try await one.account("Ada")
            let phone = try await two.login(ada.email).json["accessToken"].string ?? ""
            for node in [one, two] { #expect(try await node.get("/users/me", token: phone).status == 200) }
            let change: JSONValue = [
                "currentPassword": "correct horse battery", "newPassword": "another horse battery",
            ]
            #expect(try await one.post("/users/me/password", change, token: ada.token, method: "PUT").status == 200)
            #expect(try await refuses(phone, two))
            #expect(try await two.login(ada.email).status == 401)
            #expect(try await two.login(ada.email, password: "another horse battery").status == 200)
        }
    }

    @Test func endSessionsWithTheAccount() async throws {
        try await Self.run { one, two in
            let ada = try await one.account("Ada")
            #expect(try await two.get("/users/me", token: ada.token).status == 200)
            let deletion = try await one.post(
                "/users/me/deletion", ["password": "correct horse battery"], token: ada.token)
            #expect(deletion.status == 204)
            #expect(try await refuses(ada.token, two))
            #expect(try await two.login(ada.email).status == 401)
            #expect(try await refresh(ada.session["refreshToken"], on: two).status == 401)
        }
    }
}
