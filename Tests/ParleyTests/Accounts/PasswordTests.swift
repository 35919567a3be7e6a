import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of password reset, password change and rejected passwords, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct PasswordTests {
    private func forgot(_ email: String, _ server: TestServer) async throws -> Reply {
        try await server.post("/auth/password/forgot", ["email": .string(email)])
    }

    private func reset(_ token: String, _ password: String, _ server: TestServer) async throws -> Reply {
        try await server.post("/auth/password/reset", ["token": .string(token), "password": .string(password)])
    }

    private func verify(_ token: String, _ account: TestServer.Account, _ server: TestServer) async throws -> Reply {
        try await server.post("/auth/verify-email", ["token": .string(token)], token: account.token)
    }

    private static let resetSubject = "Your token to reset the password"

    // MARK: Reset

    @Test func resetsByAMailedTokenAndEndsAllSessions() async throws {
        try await TestServer.run { server in
            let ada = try await server.provedAccount("Ada")
            #expect(try await server.get("/users/me", token: ada.token).status == 200)
            #expect(try await forgot("ADA@example.org", server).status == 202)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: ada.email)
            #expect(try await reset(token, "another horse battery", server).status == 204)
            #expect(try await server.get("/users/me", token: ada.token).code == "unauthenticated")
            #expect(try await server.login(ada.email).status == 401)
            #expect(try await server.login(ada.email, password: "another horse battery").status == 200)
            #expect(await Mailbox(server.folder).mail("Your password was reset", to: ada.email) != nil)
            let again = try await reset(token, "a third horse battery", server)
            #expect(again.status == 422)
            #expect(again.code == "token-invalid")
        }
    }

    @Test func mailsNoTokenToAnUnknownAddress() async throws {
        try await TestServer.run { server in
            #expect(try await forgot("nobody@example.org", server).status == 202)
            // Mails go out in order, so a later one shows that none came before.
            _ = try await server.register("bob@example.org")
            #expect(await Mailbox(server.folder).mail("Your verification token", to: "bob@example.org") != nil)
            #expect(await Mailbox(server.folder).count(Self.resetSubject, expecting: 0) == 0)
        }
    }

    @Test func forgetsATokenAfterAnHour() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.provedAccount("Ada")
            _ = try await forgot(ada.email, server)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: ada.email)
            clock.advance(seconds: 3_601)
            #expect(try await reset(token, "another horse battery", server).code == "token-invalid")
        }
    }

    @Test func tellsTokensOfDifferentPurposeApart() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let verify = try await Mailbox(server.folder).token()
            #expect(try await reset(verify, "another horse battery", server).code == "token-invalid")
            #expect(try await self.verify(verify, ada, server).status == 204)
            _ = try await forgot(ada.email, server)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: ada.email)
            #expect(try await self.verify(token, ada, server).code == "token-invalid")
        }
    }

    @Test func resetsOnceWhenATokenComesTwiceAtTheSameTime() async throws {
        try await TestServer.run { server in
            let ada = try await server.provedAccount("Ada")
            _ = try await forgot(ada.email, server)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: ada.email)
            async let first = reset(token, "another horse battery", server)
            async let second = reset(token, "another horse battery", server)
            #expect(try await [first.status, second.status].sorted() == [204, 422])
        }
    }

    // MARK: Repeated verification

    @Test func mailsTheVerificationAgainUntilItIsDone() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let box = Mailbox(server.folder)
            let first = try await box.token()
            let resend = Request("POST", "/auth/verify-email/resend", json: ["email": .string(ada.email)])
            #expect(try await server.send(resend).status == 202)
            #expect(await box.count("Your verification token", expecting: 2) == 2)
            let tokens = box.mails.compactMap(\.token)
            #expect(Set(tokens).count == 2)
            #expect(try await self.verify(tokens[1], ada, server).status == 204)
            // The address is verified: the remaining tokens are invalid.
            #expect(try await self.verify(first, ada, server).code == "token-invalid")
            #expect(try await server.send(resend).status == 202)
            _ = try await server.register("bob@example.org")
            #expect(await box.mail("Your verification token", to: "bob@example.org") != nil)
            #expect(await box.count("Your verification token", expecting: 3) == 3)
        }
    }

    private func resend(_ email: String) -> Request {
        Request("POST", "/auth/verify-email/resend", json: ["email": .string(email)])
    }

    @Test func countsMailsAlikeForKnownAndUnknownAddresses() async throws {
        try await TestServer.run(limits: true) { server in
            let ada = try await server.provedAccount("Ada")
            for email in [ada.email, "nobody@example.org"] {
                for _ in 0..<5 { #expect(try await forgot(email, server).status == 202) }
                let sixth = try await forgot(email.uppercased(), server)
                #expect(sixth.status == 429)
                #expect((700...720).contains(Int(sixth.field("Retry-After") ?? "") ?? 0))
                #expect(sixth.field("RateLimit-Policy")?.contains("\"reset-mails\";q=5;w=3600") == true)
            }
        }
    }

    /// Somebody who asks for a stranger's verification, or from another network, does not lock their recovery.
    @Test func countsMailsPerPurposeAndNetwork() async throws {
        try await TestServer.run(limits: true) { server in
            let ada = try await server.account("Ada")
            var statuses: [Int] = []
            for _ in 0..<6 {
                statuses.append(try await Client.send(resend(ada.email), port: server.port, from: "127.0.1.1").status)
            }
            let wanted = Request("POST", "/auth/password/forgot", json: ["email": .string(ada.email)])
            for _ in 0..<6 {
                statuses.append(try await Client.send(wanted, port: server.port, from: "127.0.1.1").status)
            }
            #expect(statuses == Array(repeating: 202, count: 5) + [429] + Array(repeating: 202, count: 5) + [429])
            #expect(try await server.send(resend(ada.email)).status == 202)
            #expect(try await forgot(ada.email, server).status == 202)
            #expect(await Mailbox(server.folder).count(Self.resetSubject, expecting: 6) == 6)
        }
    }

    /// Beyond the account's own number the answer is the same and nothing is sent, whatever network asks.
    @Test func mailsAnAccountTenTokensAnHourForEachPurpose() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            for _ in 0..<12 { #expect(try await forgot(ada.email, server).status == 202) }
            // The first one was mailed at the registration.
            for _ in 0..<12 { #expect(try await server.send(resend(ada.email)).status == 202) }
            _ = try await server.register("bob@example.org")
            let box = Mailbox(server.folder)
            #expect(await box.mail("Your verification token", to: "bob@example.org") != nil)
            #expect(await box.count(Self.resetSubject, expecting: 10) == 10)
            #expect(await box.count("Your verification token", expecting: 11) == 11)
            clock.advance(seconds: 3_601)
            _ = try await forgot(ada.email, server)
            #expect(await box.count(Self.resetSubject, expecting: 11) == 11)
        }
    }

    // MARK: Change

    @Test func changesAndEndsTheOtherSessions() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let other = try await server.login(ada.email).json["accessToken"].string ?? ""
            #expect(try await server.get("/users/me", token: other).status == 200)
            let wrong = try await server.changePassword("wrong", to: "another horse battery", of: ada)
            #expect(wrong.status == 403)
            #expect(wrong.code == "password-wrong")
            #expect(
                try await server.changePassword("correct horse battery", to: "another horse battery", of: ada).status
                    == 200)
            #expect(try await server.get("/users/me", token: other).code == "unauthenticated")
            #expect(try await server.get("/users/me", token: ada.token).status == 200)
            #expect(try await server.login(ada.email).status == 401)
            #expect(await Mailbox(server.folder).mail("Your password was changed", to: ada.email) != nil)
        }
    }

    @Test func endsResetTokensWithTheOldPassword() async throws {
        try await TestServer.run { server in
            let ada = try await server.provedAccount("Ada")
            _ = try await forgot(ada.email, server)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: ada.email)
            #expect(
                try await server.changePassword("correct horse battery", to: "another horse battery", of: ada).status
                    == 200)
            #expect(try await reset(token, "a third horse battery", server).code == "token-invalid")
        }
    }

    @Test func makesTheTenthWrongPasswordOfASignedInUserTheLast() async throws {
        try await TestServer.run(limits: true) { server in
            let ada = try await server.account("Ada")
            for _ in 0..<10 {
                #expect(
                    try await server.changePassword("wrong", to: "another horse battery", of: ada).code
                        == "password-wrong")
            }
            // All operations that ask for the password share one limit.
            let eleventh = try await server.post(
                "/users/me/deletion", ["password": "correct horse battery"], token: ada.token)
            #expect(eleventh.code == "rate-limited")
        }
    }

    // MARK: Rejected passwords

    @Test(arguments: ["password", "Password1", "QWERTYUIOP", "iloveyou", "1234567890", "zxcvbnm,./"])
    func refusesACommonPasswordInAnyCase(password: String) async throws {
        try await TestServer.run { server in
            let body: JSONValue = [
                "email": "ada@example.org", "password": .string(password), "displayName": "Ada",
            ]
            let register = try await server.post("/auth/register", body)
            #expect(register.status == 422)
            #expect(register.code == "password-common")
            let bob = try await server.account("Bob")
            #expect(
                try await server.changePassword("correct horse battery", to: password, of: bob).code
                    == "password-common")
            #expect(try await reset("4vN0cJ2cQmWcXo3YyJ0x1g", password, server).code == "password-common")
        }
    }

    // MARK: Spelling

    /// The same password from a keyboard that composes letters, and from one that does not.
    private static let composed = "caf\u{E9} \u{AC00} battery"
    private static let decomposed = "cafe\u{301} \u{1100}\u{1161} battery"

    @Test func takesAPasswordHoweverItsAccentsAreComposed() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            #expect(
                try await server.changePassword("correct horse battery", to: Self.decomposed, of: ada).status == 200)
            for spelling in [Self.composed, Self.decomposed] {
                #expect(try await server.login(ada.email, password: spelling).status == 200)
            }
            #expect(try await server.login(ada.email, password: "cafe \u{AC00} battery").status == 401)
            #expect(try await server.changePassword(Self.composed, to: "another horse battery", of: ada).status == 200)
        }
    }

    @Test(arguments: Engine.allCases) func replacesAHashOfAPasswordThatWasNotNormalized(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        try await TestServer.run(in: folder, databaseURL: url) { server in _ = try await server.account("Ada") }
        // As an earlier release stored it.
        let old = try await PasswordHasher(cost: 4, parallelMax: 1, waitingPerGroupMax: 1).hash(
            Self.decomposed, for: HashOrigin(network: "192.0.2.0/24", account: "Ada", client: nil))
        func user(_ store: any Store) async throws -> UsersRow {
            try #require(try await store.first(UsersTable.findByEmailKey(emailKey: "ada@example.org")))
        }
        try await ProductStore.run(at: url, Migrations.all) { store in
            var row = try await user(store)
            row.passwordHash = old
            let changed = row
            _ = try await store.write { try $0.execute(UsersTable.update(changed)) }
        }
        try await TestServer.run(in: folder, databaseURL: url) { server in
            var statuses: [Int] = []
            for password in [Self.composed, Self.decomposed, Self.composed] {
                statuses.append(try await server.login("ada@example.org", password: password).status)
            }
            #expect(statuses == [401, 200, 200])
        }
        try await ProductStore.run(at: url, Migrations.all) { store in
            let hash = try await user(store).passwordHash
            #expect(hash != old)
        }
    }

    @Test func knowsTenThousandCommonPasswordsEachFoundByTheSearch() {
        let all = CommonPasswords.all
        #expect(all.count >= 10_000)
        #expect(all.filter { !CommonPasswords.contain($0) } == [])
        for text in ["", "a", "\u{1F600}", "password!x", "~~~~~~~~~~~~"] { #expect(!CommonPasswords.contain(text)) }
        #expect(!CommonPasswords.contain("password\n"))
        #expect(!CommonPasswords.contain("correct horse battery"))
    }
}

extension CommonPasswords {
    /// All common passwords.
    fileprivate static var all: [String] { list.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) } }
}

extension TestServer {
    func changePassword(_ current: String, to new: String, of account: Account) async throws -> Reply {
        try await post(
            "/users/me/password", ["currentPassword": .string(current), "newPassword": .string(new)],
            token: account.token, method: "PUT")
    }
}
