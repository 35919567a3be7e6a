import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the second factor, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct TwoFactorTests {
    // MARK: On and off

    @Test func turnsOnWithACodeAndAsksForOneFromThenOn() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            #expect(ada.recoveryCodes.count == 10)
            #expect(Set(ada.recoveryCodes).count == 10)
            // 24 letters and digits of base32: 120 bits.
            #expect(ada.recoveryCodes.allSatisfy { $0.count { $0 != "-" } == 24 })
            #expect(try await server.get("/users/me", token: ada.account.token).json["twoFactorEnabled"] == true)
            #expect(await Mailbox(server.folder).mail("Two-factor authentication is on", to: ada.account.email) != nil)
            let login = try await server.login(ada.account.email, device: "phone")
            #expect(login.status == 202)
            #expect(login.json["expiresIn"] == 300)
            #expect(login.json["methods"] == ["totp", "recovery-code"])
            #expect(!login.json.has("accessToken"))
            let session = try await ada.redeem(login, ada.nextCode())
            #expect(session.status == 200)
            #expect(session.json["user"]["twoFactorEnabled"] == true)
            let token = session.json["accessToken"].string ?? ""
            let devices = try await server.get("/users/me/sessions", token: token).json["items"].items
            #expect(devices.first { $0["current"] == true }?["name"] == "phone")
        }
    }

    @Test func tellsTheAuthenticatorWhatItNeeds() async throws {
        try await TestServer.run { server in
            let ada = try await server.provedAccount("Ada")
            let started = try await server.post(
                "/users/me/two-factor", ["password": "correct horse battery"], token: ada.token)
            #expect(started.status == 201)
            let secret = started.json["secret"].string ?? ""
            #expect(secret.count == 32)
            #expect(
                started.json["otpauthUri"].string == "otpauth://totp/Parley:ada%40example.org?secret=\(secret)"
                    + "&issuer=Parley&algorithm=SHA1&digits=6&period=30")
            // Until it is confirmed, nothing changes.
            #expect(try await server.login(ada.email).status == 200)
            #expect(try await server.get("/users/me", token: ada.token).json["twoFactorEnabled"] == false)
        }
    }

    @Test func refusesWhatDoesNotFitItsState() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let bob = try await server.account("Bob")
            func bobs(_ path: String, _ body: JSONValue) async throws -> Reply {
                try await server.post("/users/me/two-factor\(path)", body, token: bob.token)
            }
            #expect(try await bobs("", ["password": "wrong"]).code == "password-wrong")
            #expect(try await bobs("", ["password": "wrong"]).status == 403)
            #expect(try await bobs("/confirm", ["code": "123456"]).code == "two-factor-not-started")
            let off = try await bobs("/disable", ["password": "correct horse battery", "code": "123456"])
            #expect(off.code == "two-factor-not-enabled")
            #expect(off.status == 409)
            let ada = try await Enrolled(server, "Ada", clock)
            let again = try await server.post(
                "/users/me/two-factor", ["password": "correct horse battery"], token: ada.account.token)
            #expect(again.status == 409)
            #expect(again.code == "two-factor-enabled")
        }
    }

    @Test func confirmsOnlyWithACodeOfTheLastSecret() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.provedAccount("Ada")
            func start() async throws -> [UInt8] {
                let body: JSONValue = ["password": "correct horse battery"]
                let reply = try await server.post("/users/me/two-factor", body, token: ada.token)
                return Enrolled.bytes(ofBase32: reply.json["secret"].string ?? "")
            }
            func confirm(_ secret: [UInt8]) async throws -> Reply {
                let code = TOTP.code(secret: secret, step: TOTP.step(at: clock.now))
                return try await server.post("/users/me/two-factor/confirm", ["code": .string(code)], token: ada.token)
            }
            let first = try await start()
            let second = try await start()
            let refused = try await confirm(first)
            #expect(refused.status == 422)
            #expect(refused.code == "code-invalid")
            #expect(try await confirm(second).status == 200)
        }
    }

    @Test func turnsOffWithPasswordAndCode() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            func disable(_ password: String, _ code: String) async throws -> Reply {
                try await server.post(
                    "/users/me/two-factor/disable", ["password": .string(password), "code": .string(code)],
                    token: ada.account.token)
            }
            #expect(try await disable("wrong", ada.nextCode()).code == "password-wrong")
            #expect(try await disable("correct horse battery", "000000").code == "code-invalid")
            #expect(try await disable("correct horse battery", ada.recoveryCodes[0].uppercased()).status == 204)
            #expect(try await server.login(ada.account.email).status == 200)
            #expect(await Mailbox(server.folder).mail("Two-factor authentication is off", to: nil) != nil)
        }
    }

    // MARK: Codes

    @Test func refusesAStepThatWasUsed() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            // The code that confirmed the setup counts as used too.
            let login = try await server.login(ada.account.email)
            #expect(try await ada.redeem(login, ada.code(stepsAhead: 0)).code == "code-invalid")
            let code = ada.nextCode()
            #expect(try await ada.redeem(login, code).status == 200)
            let second = try await server.login(ada.account.email)
            #expect(try await ada.redeem(second, code).code == "code-invalid")
            // A challenge can be redeemed once.
            #expect(try await ada.redeem(login, ada.nextCode()).status == 401)
        }
    }

    @Test func takesARecoveryCodeOnceAndTellsByMail() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let first = try await server.login(ada.account.email)
            #expect(try await ada.redeem(first, ada.recoveryCodes[3]).status == 200)
            let mail = await Mailbox(server.folder).mail("A recovery code was used", to: ada.account.email)
            #expect(mail?.lines.contains("Codes left: 9.") == true)
            let second = try await server.login(ada.account.email)
            #expect(try await ada.redeem(second, ada.recoveryCodes[3]).code == "code-invalid")
            #expect(try await ada.redeem(second, ada.recoveryCodes[4]).status == 200)
        }
    }

    @Test func survivesFourWrongCodes() async throws {
        let clock = TestClock()
        try await TestServer.run(limits: true, clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let login = try await server.login(ada.account.email)
            for left in [4, 3, 2, 1] {
                let wrong = try await ada.redeem(login, "000000")
                #expect(wrong.status == 401)
                #expect(wrong.code == "code-invalid")
                let tries = left == 1 ? "1 try is" : "\(left) tries are"
                #expect(wrong.json["detail"].string == "The code is wrong or was used before; \(tries) left.")
            }
            #expect(try await ada.redeem(login, ada.nextCode()).status == 200)
        }
    }

    @Test func endsTheChallengeWithTheFifthWrongCode() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let login = try await server.login(ada.account.email)
            for _ in 0..<5 { #expect(try await ada.redeem(login, "000000").status == 401) }
            let late = try await ada.redeem(login, ada.nextCode())
            #expect(late.status == 401)
            #expect(late.json["detail"] == "The challenge is unknown, used or expired; sign in again.")
            #expect(await Mailbox(server.folder).mail("Wrong codes for your account", to: ada.account.email) != nil)
            #expect(try await ada.redeem(try await server.login(ada.account.email), ada.nextCode()).status == 200)
        }
    }

    @Test func countsWrongCodesThatComeAtTheSameTime() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let login = try await server.login(ada.account.email)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = try? await ada.redeem(login, "000000") } }
            }
            #expect(try await ada.redeem(login, ada.nextCode()).status == 401)
        }
    }

    @Test func asksToWaitWhenCodesAreGuessedWithManyChallenges() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            for _ in 0..<4 {
                let login = try await server.login(ada.account.email)
                for _ in 0..<5 { _ = try await ada.redeem(login, "000000") }
            }
            let refused = try await server.login(ada.account.email)
            #expect(refused.status == 429)
            #expect((290...300).contains(Int(refused.field("Retry-After") ?? "") ?? 0))
            clock.advance(seconds: 301)
            #expect(try await server.login(ada.account.email).status == 202)
        }
    }

    // MARK: Limits of a challenge

    @Test func declaresHowManyCodesCanBeGuessed() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let limits = try await Client.document(port: server.port)["paths"]["/auth/two-factor"]["post"][
                "x-rate-limit"]
            let account: JSONValue = [
                "name": "second-factor-account", "burst": 20, "refill": 300, "counts": ["code-invalid"],
                "key": ["account"],
            ]
            #expect(limits.items.contains(account))
        }
    }

    @Test func forgetsAChallengeAfterFiveMinutes() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let login = try await server.login(ada.account.email)
            clock.advance(seconds: 301)
            #expect(try await ada.redeem(login, ada.nextCode()).code == "code-invalid")
        }
    }

    @Test func takesNothingElseForAChallenge() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let challenge = try await server.login(ada.account.email).json["challengeToken"].string ?? ""
            let refresh = try await server.post("/auth/refresh", ["refreshToken": .string(challenge)])
            #expect(refresh.code == "unauthenticated")
            #expect(try await server.get("/users/me", token: challenge).code == "unauthenticated")
            let bob = try await Enrolled(server, "Bob", clock)
            // Another account's code does not redeem the challenge.
            let body: JSONValue = ["challengeToken": .string(challenge), "code": .string(bob.nextCode())]
            #expect(try await server.post("/auth/two-factor", body).code == "code-invalid")
        }
    }

    @Test func endsChallengesWithTheirPassword() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let login = try await server.login(ada.account.email)
            let change: JSONValue = [
                "currentPassword": "correct horse battery", "newPassword": "another horse battery",
                "code": .string(ada.nextCode()),
            ]
            #expect(
                try await server.post("/users/me/password", change, token: ada.account.token, method: "PUT").status
                    == 200)
            #expect(try await ada.redeem(login, ada.nextCode()).status == 401)
        }
    }

    // MARK: Resetting the password

    @Test func isNotGoneRoundByAReset() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let token = try await ada.resetToken()
            func reset(_ code: String?) async throws -> Reply {
                var body: JSONValue = ["token": .string(token), "password": "another horse battery"]
                if let code { body = body.with("code", .string(code)) }
                return try await server.post("/auth/password/reset", body)
            }
            #expect(try await reset(nil).code == "code-required")
            let wrong = try await reset("000000")
            #expect(wrong.status == 422)
            #expect(wrong.code == "code-invalid")
            // The mailed token is not accepted as a challenge.
            let body: JSONValue = ["challengeToken": .string(token), "code": .string(ada.nextCode())]
            #expect(try await server.post("/auth/two-factor", body).code == "code-invalid")
            #expect(try await reset(ada.nextCode()).status == 204)
            #expect(try await server.login(ada.account.email, password: "another horse battery").status == 202)
        }
    }

    @Test func takesTheMailedTokenWithTheFifthWrongCode() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await Enrolled(server, "Ada", clock)
            let token = try await ada.resetToken()
            func reset(_ code: String) async throws -> String? {
                let body: JSONValue = [
                    "token": .string(token), "password": "another horse battery", "code": .string(code),
                ]
                return try await server.post("/auth/password/reset", body).code
            }
            for _ in 0..<5 { #expect(try await reset("000000") == "code-invalid") }
            #expect(try await reset(ada.nextCode()) == "token-invalid")
            #expect(try await server.login(ada.account.email).status == 202)
        }
    }
}

/// Tests of the algorithms of the second factor.
@Suite struct TOTPTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// Test vectors of RFC 6238, appendix B, for SHA-1: the last six of eight digits.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func givesTheCodesOfTheRFC(second: Int64, code: String) {
        let time = Timestamp(milliseconds: second * 1_000)
        #expect(TOTP.code(secret: Self.secret, step: TOTP.step(at: time)) == code)
        #expect(TOTP.step(of: code, secret: Self.secret, at: time) == second / 30)
    }

    @Test func allowsOneStepOfSkew() {
        let code = TOTP.code(secret: Self.secret, step: 1_000)
        let found = (997...1_003).map { step in
            TOTP.step(of: code, secret: Self.secret, at: Timestamp(milliseconds: step * 30_000))
        }
        #expect(found == [nil, nil, 1_000, 1_000, 1_000, nil, nil])
    }

    @Test func makesRecoveryCodesOfAHundredAndTwentyBits() {
        let code = RecoveryCode.make()
        #expect(code.split(separator: "-").map(\.count) == [4, 4, 4, 4, 4, 4])
        #expect(code.allSatisfy { "abcdefghijklmnopqrstuvwxyz234567-".contains($0) })
        #expect(TypedCode(code.uppercased().replacing("-", with: " ")).text == TypedCode(code).text)
    }
}
