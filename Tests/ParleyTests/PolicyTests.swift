import SpecCore
import TestSupport
import Testing

/// What the spec's policies do to every operation that asks for them, over HTTP.
@Suite struct PolicyTests {
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
            // A refusal is an answer too.
            let taken = try await server.send(Self.register("ada@example.org", key: "k2"))
            #expect(taken.code == "email-taken")
            let takenAgain = try await server.send(Self.register("ada@example.org", key: "k2"))
            #expect(takenAgain.body == taken.body)
            #expect(takenAgain.field("Idempotency-Replayed") == "true")
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
            let health = try await server.send(Request("GET", "/health"))
            #expect(health.field("RateLimit-Policy") == "\"requests\";q=600;w=6")
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
