import SpecCore
import TestSupport
import Testing

/// Tests of the list, revocation and lifetimes of sessions, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct SessionTests {
    private func refresh(_ token: JSONValue, _ server: TestServer) async throws -> Reply {
        try await server.post("/auth/refresh", ["refreshToken": token])
    }

    private func devices(_ token: String, _ server: TestServer) async throws -> [JSONValue] {
        let list = try await server.get("/users/me/sessions", token: token)
        #expect(list.json["nextCursor"] == .null)
        return list.json["items"].items
    }

    // MARK: The list

    @Test func listsTheDevicesOfTheUserTheLastUsedFirst() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            _ = try await server.account("Bob")
            clock.advance(seconds: 10)
            let phone = try await server.login(ada.email, device: "phone")
            let found = try await devices(ada.token, server)
            #expect(found.map { $0["id"] } == [phone.json["sessionId"], ada.session["sessionId"]])
            #expect(found.map { $0["name"] } == ["phone", nil])
            #expect(found.map { $0["current"] } == [false, true])
            #expect(found.map { $0["addressPrefix"] } == ["127.0.0.0/24", "127.0.0.0/24"])
            clock.advance(seconds: 10)
            _ = try await refresh(ada.session["refreshToken"], server)
            #expect(try await devices(ada.token, server).first?["id"] == ada.session["sessionId"])
        }
    }

    @Test func endsASessionAtOnceAndOnlyOnesOwn() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let phone = try await server.login(ada.email, device: "phone").json
            let phoneToken = phone["accessToken"].string ?? ""
            #expect(try await server.get("/users/me", token: phoneToken).status == 200)
            func end(_ id: JSONValue, _ token: String) async throws -> Reply {
                try await server.post("/users/me/sessions/\(id.string ?? "")", token: token, method: "DELETE")
            }
            let foreign = try await end(phone["sessionId"], bob.token)
            #expect(foreign.status == 404)
            #expect(foreign.code == "not-found")
            #expect(try await server.get("/users/me", token: phoneToken).status == 200)
            #expect(try await end(phone["sessionId"], ada.token).status == 204)
            #expect(try await server.get("/users/me", token: phoneToken).code == "unauthenticated")
            #expect(try await refresh(phone["refreshToken"], server).code == "unauthenticated")
            #expect(try await end(phone["sessionId"], ada.token).status == 404)
            #expect(try await end(.string(Identifier.make().description), ada.token).status == 404)
            #expect(try await devices(ada.token, server).count == 1)
            #expect(try await end(ada.session["sessionId"], ada.token).status == 204)
            #expect(try await server.get("/users/me", token: ada.token).status == 401)
        }
    }

    @Test func endsTheLeastUsedSessionForTheHundredAndFirst() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            clock.advance(seconds: 1)
            var newest = ada.token
            for _ in 0..<99 { newest = try await server.login(ada.email).json["accessToken"].string ?? "" }
            #expect(try await server.get("/users/me", token: ada.token).status == 200)
            #expect(try await devices(newest, server).count == 100)
            newest = try await server.login(ada.email).json["accessToken"].string ?? ""
            #expect(try await devices(newest, server).count == 100)
            #expect(try await server.get("/users/me", token: ada.token).code == "unauthenticated")
        }
    }

    // MARK: Lifetimes

    @Test func tellsAnExpiredTokenFromAForeignOne() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            clock.advance(seconds: 890)
            #expect(try await server.get("/users/me", token: ada.token).status == 200)
            clock.advance(seconds: 11)
            for _ in 0..<2 {
                let late = try await server.get("/users/me", token: ada.token)
                #expect(late.status == 401)
                #expect(late.code == "token-expired")
                #expect(late.field("WWW-Authenticate")?.contains("invalid_token") == true)
            }
            let next = try await refresh(ada.session["refreshToken"], server)
            #expect(try await server.get("/users/me", token: next.json["accessToken"].string ?? "").status == 200)
        }
    }

    @Test func endsASessionThatWasNotUsedForThirtyDays() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            clock.advance(days: 29)
            let next = try await refresh(ada.session["refreshToken"], server)
            #expect(next.status == 200)
            clock.advance(days: 30)
            let late = try await refresh(next.json["refreshToken"], server)
            #expect(late.status == 401)
            #expect(late.code == "token-expired")
        }
    }

    @Test func endsASessionAfterNinetyDaysInAnyCase() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            var tokens = ada.session
            for _ in 0..<3 {
                clock.advance(seconds: 30 * 86_400 - 60)
                tokens = try await refresh(tokens["refreshToken"], server).json
            }
            let access = tokens["accessToken"].string ?? ""
            #expect(try await server.get("/users/me", token: access).status == 200)
            // The access token expires within minutes, the session does not.
            clock.advance(seconds: 180)
            #expect(try await server.get("/users/me", token: access).status == 401)
            #expect(try await refresh(tokens["refreshToken"], server).code == "token-expired")
        }
    }

    // MARK: Rotation

    @Test func givesOneSuccessorToTwoRefreshesAtTheSameTime() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            async let first = refresh(ada.session["refreshToken"], server)
            async let second = refresh(ada.session["refreshToken"], server)
            let replies = try await [first, second]
            #expect(replies.map(\.status) == [200, 200])
            #expect(replies[0].json["refreshToken"] == replies[1].json["refreshToken"])
            #expect(try await refresh(replies[0].json["refreshToken"], server).status == 200)
        }
    }

    @Test func endsTheFamilyWhenATokenComesAgainAfterTheGrace() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            let next = try await refresh(ada.session["refreshToken"], server)
            // Half of the grace period: the clock goes on by itself, and a busy machine takes its time.
            clock.advance(seconds: 5)
            #expect(try await refresh(ada.session["refreshToken"], server).status == 200)
            clock.advance(seconds: 6)
            let stolen = try await refresh(ada.session["refreshToken"], server)
            #expect(stolen.status == 401)
            #expect(stolen.code == "token-reused")
            #expect(try await refresh(next.json["refreshToken"], server).code == "unauthenticated")
            #expect(try await server.get("/users/me", token: ada.token).code == "unauthenticated")
        }
    }

    @Test(arguments: [Int64(-3_600), -2]) func givesNoGraceToATokenRotatedInTheFuture(seconds: Int64) async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            #expect(try await refresh(ada.session["refreshToken"], server).status == 200)
            clock.advance(seconds: seconds)
            #expect(try await refresh(ada.session["refreshToken"], server).code == "token-reused")
        }
    }

    @Test func goesOnWhenTheSecretIsReplaced() async throws {
        let (old, new) = (TestServer.secret, "the next secret of at least 32 bytes")
        let folder = try TemporaryFolder()
        let kept = Kept()
        try await TestServer.run(in: folder, secrets: old) { server in
            await kept.set(try await server.account("Ada").session)
        }
        let session = await kept.value
        let access = session["accessToken"].string ?? ""
        try await TestServer.run(in: folder, secrets: "\(new),\(old)") { server in
            #expect(try await server.get("/users/me", token: access).status == 200)
            let next = try await refresh(session["refreshToken"], server)
            #expect(next.status == 200)
            await kept.set(next.json)
        }
        let next = await kept.value
        try await TestServer.run(in: folder, secrets: new) { server in
            let withdrawn = try await server.get("/users/me", token: access)
            #expect(withdrawn.code == "unauthenticated")
            #expect(try await server.get("/users/me", token: next["accessToken"].string ?? "").status == 200)
            #expect(try await refresh(session["refreshToken"], server).code == "unauthenticated")
            #expect(try await refresh(next["refreshToken"], server).status == 200)
        }
    }
}

/// Values passed from one server run to the next.
private actor Kept {
    private(set) var value: JSONValue = .null

    func set(_ value: JSONValue) { self.value = value }
}
