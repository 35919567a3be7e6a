import SpecCore
import TestSupport
import Testing

/// Tests of registration, sign-in and sign-out, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct AccountTests {
    @Test func registersAndShowsTheUser() async throws {
        try await TestServer.run { server in
            let made = try await server.register("Ada@Example.org", "Ada")
            #expect(made.status == 201)
            #expect(made.json["email"] == "Ada@Example.org")
            #expect(made.json["emailVerified"] == false)
            let session = try await server.login("ada@EXAMPLE.org")
            #expect(session.status == 200)
            #expect(session.json["tokenType"] == "Bearer")
            #expect(session.json["expiresIn"] == 900)
            let me = try await server.send(
                Request("GET", "/users/me", token: session.json["accessToken"].string ?? ""))
            #expect(me.json == made.json)
            #expect(me.field("Cache-Control") == "no-store")
        }
    }

    @Test func refusesAnAddressTwiceWithoutCase() async throws {
        try await TestServer.run { server in
            _ = try await server.register("ada@example.org")
            let again = try await server.register("ADA@example.org")
            #expect(again.status == 409)
            #expect(again.code == "email-taken")
        }
    }

    @Test func takesTheAddressesThatPeopleHave() async throws {
        try await TestServer.run { server in
            for email in [
                "O'Brien@example.com", "a+b=c/d!#$%&*?^_`{|}~-@sub.Example.co.uk", "x@a-b.example", "a.b@1.example",
            ] {
                let made = try await server.register(email)
                #expect(made.status == 201, "\(email)")
                let session = try await server.login(email.uppercased())
                #expect(session.json["user"]["email"].string == email)
            }
        }
    }

    @Test(arguments: [
        "", "@", "a@", "@example.org", ".a@example.org", "a.@example.org", "a..b@example.org", "a b@example.org",
        "a@b@example.org", "\"a b\"@example.org", "a@example.org.", "a@.example", "a@-b.example", "a@b-.example",
        "a@b_c.example", "a@[127.0.0.1]", "a<b>@example.org", "a,b@example.org", "ä@example.org", "a@ä.example",
        "a@example.org\r\nBcc: b@example.org", String(repeating: "a", count: 65) + "@example.org",
        "a@" + String(repeating: "b", count: 64) + ".example",
        "a@" + Array(repeating: String(repeating: "b", count: 62), count: 4).joined(separator: ".") + ".org",
    ])
    func refusesWhatIsNoAddress(email: String) async throws {
        let body: JSONValue = ["email": .string(email), "password": "correct horse battery", "displayName": "Ada"]
        try await TestServer.run { server in
            // The lengths of the parts are given by the format; a validator need not check them.
            let reply = try await Client.send(Request("POST", "/auth/register", json: body), port: server.port)
            #expect(reply.status == 400)
            #expect(reply.json["errors"][0]["pointer"] == "/email")
        }
    }

    @Test func registersOnceWhenTwoComeAtTheSameTime() async throws {
        try await TestServer.run { server in
            async let first = server.register("ada@example.org")
            async let second = server.register("ada@example.org")
            let statuses = try await [first.status, second.status].sorted()
            #expect(statuses == [201, 409])
        }
    }

    @Test func listsEveryViolationOfARequest() async throws {
        try await TestServer.run { server in
            let reply = try await server.send(
                Request("POST", "/auth/register", json: ["email": "nobody", "password": "short", "bogus": 1]))
            #expect(reply.status == 400)
            let errors = reply.json["errors"].items.map { "\($0["pointer"].string ?? "") \($0["code"].string ?? "")" }
            #expect(
                errors == ["/email pattern", "/password min-length", "/bogus unknown-member", "/displayName required"])
        }
    }

    @Test func refusesWrongPasswordsAndUnknownAddressesAlike() async throws {
        try await TestServer.run { server in
            _ = try await server.register("ada@example.org")
            let wrong = try await server.login("ada@example.org", password: "wrong")
            let unknown = try await server.login("eve@example.org", password: "wrong")
            #expect(wrong.status == 401)
            #expect(wrong.json.with("requestId", nil) == unknown.json.with("requestId", nil))
            #expect(wrong.code == "invalid-credentials")
            #expect(wrong.field("WWW-Authenticate") == "Bearer realm=\"api\"")
        }
    }

    @Test func provesAnAddressOnceByItsMail() async throws {
        try await TestServer.run { server in
            let account = try await server.account("Ada")
            let token = try await Mailbox(server.folder).token()
            let verify = Request(
                "POST", "/auth/verify-email", token: account.token, json: ["token": .string(token)])
            #expect(try await server.send(verify).status == 204)
            let me = try await server.send(Request("GET", "/users/me", token: account.token))
            #expect(me.json["emailVerified"] == true)
            let again = try await server.send(verify)
            #expect(again.status == 422)
            #expect(again.code == "token-invalid")
        }
    }

    @Test func changesTheProfileAndLeavesWhatIsAbsent() async throws {
        try await TestServer.run { server in
            let account = try await server.account("Ada")
            func put(_ body: JSONValue) async throws -> JSONValue {
                try await server.send(Request("PUT", "/users/me", token: account.token, json: body)).json
            }
            #expect(try await put(["displayName": "Ada L.", "about": "Counting."])["about"] == "Counting.")
            let kept = try await put(["displayName": "Ada"])
            #expect(kept["about"] == "Counting.")
            #expect(kept["displayName"] == "Ada")
            #expect(try await put(["displayName": "Ada", "about": nil])["about"] == .null)
        }
    }

    @Test func endsASessionAtOnce() async throws {
        try await TestServer.run { server in
            let account = try await server.account("Ada")
            let me = Request("GET", "/users/me", token: account.token)
            #expect(try await server.send(me).status == 200)
            #expect(try await server.send(Request("POST", "/auth/logout", token: account.token)).status == 204)
            let after = try await server.send(me)
            #expect(after.status == 401)
            #expect(after.code == "unauthenticated")
            #expect(after.field("WWW-Authenticate") == "Bearer realm=\"api\", error=\"invalid_token\"")
            let refresh = try await server.send(
                Request("POST", "/auth/refresh", json: ["refreshToken": .string(account.refreshToken)]))
            #expect(refresh.status == 401)
            #expect(refresh.code == "unauthenticated")
        }
    }

    @Test func givesTheSameSuccessorWithinTheGraceAndEndsTheFamilyAfterwards() async throws {
        try await TestServer.run { server in
            let account = try await server.account("Ada")
            func refresh(_ token: String) async throws -> Reply {
                try await server.send(Request("POST", "/auth/refresh", json: ["refreshToken": .string(token)]))
            }
            let first = try await refresh(account.refreshToken)
            let again = try await refresh(account.refreshToken)
            #expect(first.status == 200)
            #expect(first.json["refreshToken"] == again.json["refreshToken"])
            let second = try await refresh(first.json["refreshToken"].string ?? "")
            #expect(second.status == 200)
            // The first token is two generations old now: another party has it too.
            let stolen = try await refresh(account.refreshToken)
            #expect(stolen.status == 401)
            #expect(stolen.code == "token-reused")
            #expect(try await refresh(second.json["refreshToken"].string ?? "").code == "unauthenticated")
            let me = try await server.send(
                Request("GET", "/users/me", token: second.json["accessToken"].string ?? ""))
            #expect(me.status == 401)
        }
    }

    @Test(arguments: ["nothing", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
    func acceptsNoOtherTokens(token: String) async throws {
        try await TestServer.run { server in
            let account = try await server.account("Ada")
            #expect(try await server.send(Request("GET", "/users/me", token: token)).code == "unauthenticated")
            // A refresh token is never accepted as an access token, nor the other way round.
            let swapped = try await server.send(Request("GET", "/users/me", token: account.refreshToken))
            #expect(swapped.code == "unauthenticated")
            let refresh = try await server.send(
                Request("POST", "/auth/refresh", json: ["refreshToken": .string(account.token)]))
            #expect(refresh.code == "unauthenticated")
        }
    }

    @Test func makesATenthWrongPasswordTheLast() async throws {
        try await TestServer.run(limits: true) { server in
            _ = try await server.register("ada@example.org")
            let start = ContinuousClock.now
            for _ in 0..<10 {
                #expect(try await server.login("ada@example.org", password: "wrong").status == 401)
            }
            let eleventh = try await server.login("ADA@example.org")
            let passed = Int(start.duration(to: .now).components.seconds) + 1
            #expect(eleventh.status == 429)
            #expect(eleventh.code == "rate-limited")
            // A token comes back every 90 s from the first try on.
            let seconds = Int(eleventh.field("Retry-After") ?? "") ?? 0
            #expect((90 - passed...90).contains(seconds))
            #expect(eleventh.field("RateLimit")?.contains("\"login-account\";r=0") == true)
            #expect(try await server.register("bob@example.org").status == 201)
            #expect(try await server.login("bob@example.org").status == 200)
        }
    }
}
