import SpecCore
import TestSupport
import Testing

/// Tests of the spec's policies on every operation that declares them, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct PolicyTests {
    // MARK: Idempotency-Key

    private static func register(_ email: String, key: String, name: String = "Ada") -> Request {
        var request = Request(
            "POST", "/auth/register",
            json: ["email": .string(email), "password": "correct horse battery", "displayName": .string(name)])
        request.fields["Idempotency-Key"] = key
        return request
    }

    @Test func answersARepeatedRequestAsBefore() async throws {
        try await TestServer.run { server in
            let first = try await server.send(Self.register("ada@example.org", key: "k1"))
            #expect(first.status == 201)
            #expect(first.field("Idempotency-Replayed") == nil)
            let again = try await server.send(Self.register("ada@example.org", key: "k1"))
            #expect(again.status == 201)
            #expect(again.body == first.body)
            #expect(again.field("Idempotency-Replayed") == "true")
            #expect(again.field("Content-Type") == "application/json")
            let other = try await server.send(Self.register("ada@example.org", key: "k1", name: "Eve"))
            #expect(other.status == 422)
            #expect(other.code == "idempotency-mismatch")
            // A rejection is stored like any other response.
            let taken = try await server.send(Self.register("ada@example.org", key: "k2"))
            #expect(taken.code == "email-taken")
            let takenAgain = try await server.send(Self.register("ada@example.org", key: "k2"))
            #expect(takenAgain.body == taken.body)
            #expect(takenAgain.field("Idempotency-Replayed") == "true")
        }
    }

    @Test func replaysAContactAsItIsNow() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.putPicture(SamplePicture.png.clean, of: bob)
            var request = Request("POST", "/contacts", token: ada.token, json: ["userId": .string(bob.id)])
            request.fields["Idempotency-Key"] = "k"
            let first = try await server.send(request)
            #expect(first.status == 201)
            let path = "/contacts/\(first.json["id"].string ?? "")"
            let change: JSONValue = ["alias": "Bobby", "status": "active"]
            #expect(try await server.post(path, change, token: ada.token, method: "PUT").status == 200)
            let replay = try await server.send(request)
            #expect(replay.status == 201)
            #expect(replay.field("Idempotency-Replayed") == "true")
            #expect(replay.field("Content-Type") == "application/json")
            #expect(replay.json["id"] == first.json["id"])
            #expect(replay.json["alias"] == "Bobby")
            let picture = replay.json["user"]["pictureUrl"].string ?? ""
            #expect(try await server.send(Request("GET", picture)).status == 200, "the replay is signed anew")
            #expect(try await server.send(Request("DELETE", path, token: ada.token)).status == 204)
            let gone = try await server.send(request)
            #expect(gone.status == 404)
            #expect(gone.code == "not-found")
        }
    }

    @Test func forgetsTheRegistrationOfADeletedAccount() async throws {
        try await TestServer.run { server in
            let first = try await server.send(Self.register("ada@example.org", key: "k"))
            let token = try await server.login("ada@example.org").json["accessToken"].string ?? ""
            let password: JSONValue = ["password": "correct horse battery"]
            #expect(try await server.post("/users/me/deletion", password, token: token).status == 204)
            let second = try await server.send(Self.register("ada@example.org", key: "k"))
            #expect(second.status == 201)
            #expect(second.field("Idempotency-Replayed") == nil)
            #expect(second.json["id"] != first.json["id"])
        }
    }

    @Test func doesTheWorkOfParallelRequestsOnce() async throws {
        try await TestServer.run { server in
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<16 {
                    group.addTask { try await server.send(Self.register("ada@example.org", key: "k")) }
                }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            #expect(replies.count { $0.status == 201 && $0.field("Idempotency-Replayed") == nil } == 1)
            for reply in replies where reply.status != 201 { #expect(reply.code == "idempotency-running") }
        }
    }

    @Test func refusesAKeyThatIsNone() async throws {
        try await TestServer.run { server in
            for key in ["", "a key", String(repeating: "k", count: 129)] {
                let reply = try await Client.send(Self.register("ada@example.org", key: key), port: server.port)
                #expect(reply.status == 400)
                #expect(reply.json["errors"][0]["parameter"] == "Idempotency-Key")
            }
        }
    }

    // MARK: If-Match

    private static let changes: [(String, JSONValue)] = [
        ("/users/me", ["displayName": "Ada L."]), ("/users/me/settings", ["readReceipts": false]),
    ]

    @Test(arguments: changes) func changesOnlyTheStateThatTheClientHasSeen(path: String, body: JSONValue) async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            func put(_ tag: String) async throws -> Reply {
                var request = Request("PUT", path, token: ada.token, json: body)
                request.fields["If-Match"] = tag
                return try await server.send(request)
            }
            let read = try await server.send(Request("GET", path, token: ada.token))
            let tag = try #require(read.field("ETag"))
            #expect(try await server.send(Request("GET", path, token: ada.token)).field("ETag") == tag)
            let weak = try await put("W/\(tag)")
            #expect(weak.status == 412)
            #expect(weak.code == "precondition-failed")
            let changed = try await put("\"other\", \(tag)")
            #expect(changed.status == 200)
            #expect(changed.field("ETag") != tag)
            #expect(try await put(tag).status == 412)
            #expect(try await put("*").status == 200)
            let now = try await server.send(Request("GET", path, token: ada.token))
            #expect(now.status == 200)
        }
    }

    @Test func letsOneOfTwoChangesOfTheSameStateThrough() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let tag = try await server.send(Request("GET", "/users/me", token: ada.token)).field("ETag") ?? ""
            @Sendable func put(_ name: String) async throws -> Int {
                var request = Request("PUT", "/users/me", token: ada.token, json: ["displayName": .string(name)])
                request.fields["If-Match"] = tag
                return try await server.send(request).status
            }
            async let first = put("One")
            async let second = put("Two")
            #expect(try await [first, second].sorted() == [200, 412])
        }
    }

    // MARK: Other origins

    private static let origin = "https://app.example.org"

    private func ask(_ server: TestServer, _ request: Request, from origin: String) async throws -> Reply {
        var request = request
        request.fields["Origin"] = origin
        return try await Client.send(request, port: server.port)
    }

    @Test func answersPreflightsFromTheRoutes() async throws {
        try await TestServer.run(origins: Self.origin) { server in
            var preflight = Request("OPTIONS", "/users/me", fields: ["Access-Control-Request-Method": "PUT"])
            let reply = try await ask(server, preflight, from: Self.origin)
            #expect(reply.status == 204)
            #expect(reply.field("Access-Control-Allow-Origin") == Self.origin)
            #expect(reply.field("Access-Control-Allow-Methods") == "GET, HEAD, PUT")
            #expect(
                reply.field("Access-Control-Allow-Headers")
                    == "authorization, content-type, if-match, idempotency-key, if-none-match, x-request-id, traceparent"
            )
            #expect(reply.field("Access-Control-Allow-Credentials") == nil)
            let stranger = try await ask(server, preflight, from: "https://eve.example.org")
            #expect(stranger.status == 405)
            #expect(stranger.field("Access-Control-Allow-Origin") == nil)
            preflight.path = "/openapi.json"
            preflight.fields["Access-Control-Request-Method"] = "GET"
            let document = try await ask(server, preflight, from: Self.origin)
            #expect(document.status == 204)
            #expect(document.field("Access-Control-Allow-Methods") == "GET, HEAD")
            preflight.path = "/nowhere"
            #expect(try await ask(server, preflight, from: Self.origin).status == 404)
        }
    }

    @Test func letsOtherOriginsReadAnswersAndErrors() async throws {
        try await TestServer.run(origins: "http://localhost:5173, \(Self.origin)") { server in
            for request in [Request("GET", "/health"), Request("GET", "/users/me"), Request("GET", "/nowhere")] {
                let reply = try await ask(server, request, from: Self.origin)
                #expect(reply.field("Access-Control-Allow-Origin") == Self.origin)
                #expect(reply.field("Access-Control-Expose-Headers")?.contains("RateLimit") == true)
                #expect(reply.fields.contains { $0.name == "Vary" && $0.value == "Origin" })
                let stranger = try await ask(server, request, from: "https://eve.example.org")
                #expect(stranger.field("Access-Control-Allow-Origin") == nil)
                #expect(stranger.fields.contains { $0.name == "Vary" && $0.value == "Origin" })
            }
        }
    }

    @Test func saysNothingOfOriginsWhereNoneIsAllowed() async throws {
        try await TestServer.run { server in
            let reply = try await ask(server, Request("GET", "/health"), from: Self.origin)
            #expect(reply.field("Vary") == nil)
            #expect(reply.field("Access-Control-Allow-Origin") == nil)
        }
    }

    // MARK: Limits

    @Test func limitsEveryOperationPerUser() async throws {
        try await TestServer.run(limits: true) { server in
            let ada = try await server.account("Ada")
            let me = try await server.send(Request("GET", "/users/me", token: ada.token))
            #expect(me.field("RateLimit-Policy") == "\"requests\";q=600;w=6")
            let sent = try await server.message(from: ada, to: ada.id)
            #expect(sent.field("RateLimit-Policy") == "\"send-message\";q=200;w=4")
        }
    }

    @Test func doesNotLimitHealthRequests() async throws {
        try await TestServer.run(limits: true, on: [.sqlite]) { server in
            for _ in 0..<620 {
                let health = try await server.send(Request("GET", "/health"))
                guard health.status == 200, health.field("RateLimit-Policy") == nil else {
                    Issue.record("/health is limited: \(health.status)")
                    return
                }
            }
        }
    }

    @Test func limitsSearchesPerUserBesideTheRest() async throws {
        let clock = TestClock()
        try await TestServer.run(limits: true, on: [.sqlite], clock: clock) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let list = try await server.list(ada, with: bob)
            #expect(list.field("RateLimit-Policy") == "\"requests\";q=600;w=6")
            let first = try await server.list(ada, with: bob, [("search", "hello")])
            #expect(first.field("RateLimit-Policy") == "\"requests\";q=600;w=6, \"search\";q=60;w=6")
            var refused: Reply?
            // One was used. Each reading of the clock moves it by a millisecond, in which a hundredth of a token refills.
            for _ in 0..<100 where refused == nil {
                let reply = try await server.contacts(of: ada, [("search", "hello")])
                if reply.status == 429 { refused = reply }
            }
            #expect(refused?.code == "rate-limited")
            #expect(refused?.field("Retry-After") == "1")
            // Neither other requests nor other users wait for it.
            #expect(try await server.contacts(of: bob, [("search", "hello")]).status == 200)
            #expect(try await server.list(ada, with: bob).status == 200)
        }
    }

    @Test func limitsPagesAndPathsThatAreNotThere() async throws {
        try await TestServer.run(limits: true, on: [.sqlite]) { server in
            for (path, status) in [("/nowhere", 404), ("/docs", 200), ("/openapi.json", 200)] {
                let reply = try await server.send(Request("GET", path))
                #expect(reply.status == status)
                #expect(reply.field("RateLimit-Policy") == "\"requests\";q=600;w=6")
            }
        }
    }

    @Test func registersSixtyAccountsAnHourFromOneAddress() async throws {
        try await TestServer.run(limits: true) { server in
            for number in 0..<60 {
                let reply = try await server.send(Self.register("nobody", key: "k\(number)"))
                #expect(reply.status == 400)
            }
            let reply = try await server.register("ada@example.org")
            #expect(reply.status == 429)
            #expect((1...60).contains(Int(reply.field("Retry-After") ?? "") ?? 0))
        }
    }
}
