import Logging
import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests by attack that an address belongs to whoever can read its mail, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct AddressOwnerTests {
    private static let password = "correct horse battery"
    private static let newPassword = "a long and quiet river"
    private static let mailSubject = "Your verification token"
    private static let resetSubject = "Your token to reset the password"

    private func verify(_ token: String, _ server: TestServer, as session: String?) async throws -> Reply {
        try await server.post("/auth/verify-email", ["token": .string(token)], token: session)
    }

    private func isVerified(_ account: TestServer.Account, _ server: TestServer) async throws -> Bool {
        try await server.get("/users/me", token: account.token).json["emailVerified"] == true
    }

    /// Mallory has registered the victim's address; the victim gets the mail and uses its token.
    @Test func verifiesNothingForAVictimWhoUsesTheToken() async throws {
        try await TestServer.run { server in
            let mallory = try await server.account("Victim")
            let bob = try await server.provedAccount("Bob")
            let token = try await Mailbox(server.folder).token(Self.mailSubject, to: mallory.email)
            let anonymous = try await verify(token, server, as: nil)
            #expect(anonymous.status == 401)
            #expect(anonymous.code == "unauthenticated")
            let other = try await verify(token, server, as: bob.token)
            #expect(other.status == 422)
            #expect(other.code == "token-invalid")
            #expect(try await isVerified(mallory, server) == false)
            // The token of the account itself is not used up by that.
            #expect(try await verify(token, server, as: mallory.token).status == 204)
            #expect(try await isVerified(mallory, server))
        }
    }

    @Test func keepsUnverifiedAccountsFromTwoFactorsAndFromBeingFound() async throws {
        try await TestServer.run { server in
            let mallory = try await server.account("Victim")
            let bob = try await server.account("Bob")
            let start = try await server.post(
                "/users/me/two-factor", ["password": .string(Self.password)], token: mallory.token)
            #expect(start.status == 409)
            #expect(start.code == "email-unverified")
            #expect(start.json["detail"] == "Verify your e-mail address first.")
            let found = try await server.post("/contacts", ["email": .string(mallory.email)], token: bob.token)
            #expect(found.status == 404)
        }
    }

    /// The victim takes the address back by resetting the password of the account that has it.
    @Test func givesAnUnverifiedAccountToWhoResetsItsPassword() async throws {
        try await TestServer.run { server in
            let mallory = try await server.account("Victim")
            let mailed = try await Mailbox(server.folder).token(Self.mailSubject, to: mallory.email)
            #expect(try await server.post("/auth/password/forgot", ["email": .string(mallory.email)]).status == 202)
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: mallory.email)
            let reset: JSONValue = ["token": .string(token), "password": .string(Self.newPassword)]
            #expect(try await server.post("/auth/password/reset", reset).status == 204)
            #expect(try await server.get("/users/me", token: mallory.token).code == "unauthenticated")
            #expect(try await server.login(mallory.email).status == 401)
            let victim = try await server.login(mallory.email, password: Self.newPassword)
            #expect(victim.json["user"]["emailVerified"] == true)
            let late = try await verify(mailed, server, as: victim.json["accessToken"].string)
            #expect(late.code == "token-invalid")
        }
    }

    /// Factors could be enrolled on unverified addresses before they had to be verified.
    @Test(arguments: Engine.allCases) func removesFactorsEnrolledBeforeVerification(engine: Engine) async throws {
        let (folder, clock) = (try TemporaryFolder(), TestClock())
        let url = try await engine.databaseURL(in: folder)
        try await TestServer.run(in: folder, databaseURL: url, clock: clock) { server in
            _ = try await Enrolled(server, "Victim", clock)
        }
        try await ProductStore.run(at: url, Migrations.all) { store in
            var row = try #require(try await store.first(UsersTable.findByEmailKey(emailKey: "victim@example.org")))
            row.emailVerified = false
            let unverified = row
            _ = try await store.write { try $0.execute(UsersTable.update(unverified)) }
        }
        try await TestServer.run(in: folder, databaseURL: url, clock: clock) { server in
            #expect(try await server.login("victim@example.org").status == 202)
            _ = try await server.post("/auth/password/forgot", ["email": "victim@example.org"])
            let token = try await Mailbox(server.folder).token(Self.resetSubject, to: "victim@example.org")
            let reset: JSONValue = ["token": .string(token), "password": .string(Self.newPassword)]
            #expect(try await server.post("/auth/password/reset", reset).status == 204)
            let victim = try await server.login("victim@example.org", password: Self.newPassword)
            #expect(victim.status == 200)
            #expect(victim.json["user"]["twoFactorEnabled"] == false)
        }
    }

    @Test func mailsSayWhatTheTokenDoesAndWhatToDoOtherwise() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let ada = try await server.account("Ada")
            _ = try await server.post("/auth/password/forgot", ["email": .string(ada.email)])
            let box = Mailbox(server.folder)
            let verification = try #require(await box.mail(Self.mailSubject, to: ada.email)).lines
            #expect(verification.contains("sign in to it and enter this token within a day. It confirms that you read"))
            #expect(verification.contains("If you did not register, do not enter the token anywhere. The account is"))
            let reset = try #require(await box.mail(Self.resetSubject, to: ada.email)).lines
            #expect(reset.contains("set one, use this token within an hour. It ends all sessions and confirms"))
            #expect(reset.contains("If you did not ask for it, do not give the token to anyone. There is"))
        }
    }

    // MARK: After seven days

    @Test(arguments: Engine.allCases) func removesUnverifiedAccountsAfterSevenDays(engine: Engine) async throws {
        let (folder, clock) = (try TemporaryFolder(), TestClock())
        let url = try await engine.databaseURL(in: folder)
        let factor = try await Self.accounts(folder, url, clock)
        try await ProductStore.run(at: url, Migrations.all) { store in
            func names(days: Int64) async throws -> [String] {
                let time = clock.now.adding(seconds: days * 24 * 60 * 60)
                let keeper = Housekeeper(
                    store: store, objects: MemoryObjects(), secondFactor: factor, logger: ProductStore.quiet,
                    now: { time })
                _ = await keeper.run(from: .init())
                return try await store.all(UsersTable.page(id: Identifier(high: 0, low: 0), limit: 10))
                    .filter { $0.deletedAt == nil }.map(\.email).sorted()
            }
            let (sixth, eighth) = (try await names(days: 6), try await names(days: 8))
            #expect(sixth == ["bob@example.org", "victim@example.org"])
            #expect(eighth == ["bob@example.org"])
        }
        clock.advance(days: 8)
        try await TestServer.run(in: folder, databaseURL: url, clock: clock) { server in
            let gone = await Mailbox(folder).mail("An account with your address is deleted", to: "victim@example.org")
            #expect(gone != nil)
            let login = try await server.login("victim@example.org")
            #expect(login.status == 401)
            #expect(try await server.register("victim@example.org", "Victim").status == 201)
        }
    }
}

extension AddressOwnerTests {
    /// Registers a verified and an unverified account.
    /// - Returns: the second factor of the server's keys.
    private static func accounts(
        _ folder: TemporaryFolder, _ url: String, _ clock: TestClock
    ) async throws -> SecondFactor {
        try await TestServer.run(in: folder, databaseURL: url, clock: clock) { server in
            _ = try await server.account("Victim")
            _ = try await server.provedAccount("Bob")
        }
        return SecondFactor(.shared(TestServer.secret))
    }
}
