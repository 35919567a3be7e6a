import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the passwords that can be chosen, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct PasswordRuleTests {
    private static let password = "correct horse battery"

    private func register(
        _ password: String, _ server: TestServer, email: String = "margaret.hamilton@example.org",
        name: String = "Apollo Margaret"
    ) async throws -> String {
        let body: JSONValue = [
            "email": .string(email), "password": .string(password), "displayName": .string(name),
        ]
        let reply = try await Client.send(Request("POST", "/auth/register", json: body), port: server.port)
        return "\(reply.status) \(reply.code ?? "")"
    }

    // MARK: Guessable passwords

    /// The common list, the product, and the account's own address, local part and name; plain and decorated.
    private static let guessable = [
        "password", "PASSWORD", "password1!", "2024password", "p4ssw0rd", "P@$$w0rd", "pa55word!!", "p-a-s-s-w-o-r-d",
        "--sunshine--", "$unshine99", "pr1ncess", "pr!ncess2024", "football#1", "123 password 456",
        "123$unshine", "dragon2024!", "Qwerty123!!", "w3lc0me!!", "2024!dr4gon",
        "m!che11e99", "p\u{E4}ssword", "\u{FF50}\u{FF41}\u{FF53}\u{FF53}\u{FF57}\u{FF4F}\u{FF52}\u{FF44}",
        "pass\u{200D}word",
        "password\u{301}",
        "parley123", "Parley2024!", "p4rl3y99", "!!Parley!!", "p.a.r.l.e.y",
        "margaret.hamilton@example.org", "Margaret.Hamilton@Example.org1", "margaret.hamilton", "MargaretHamilton99",
        "m4rg4r3t.h4m1lt0n", "Apollo Margaret", "apollomargaret1", "@p0ll0-m4rgar3t!", "Apollo_Margaret_2024",
    ]

    @Test func refusesGuessablePasswordsHoweverTheyAreDecorated() async throws {
        try await TestServer.run { server in
            for password in Self.guessable {
                let answer = try await register(password, server)
                #expect(answer == "422 password-common", "\(password)")
            }
        }
    }

    @Test func takesPasswordsThatOnlyContainSuchWords() async throws {
        try await TestServer.run { server in
            let passwords = [
                "margaret counts the moon", "password of a quiet river", "parley with the pirates",
                "\u{1F40E}\u{1F50B}\u{1F9F2}\u{1F680}\u{1F30D}\u{1F3B2}\u{1F511}\u{1F4A1}", "7#kQ9vX2-zLm4",
            ]
            for (number, password) in passwords.enumerated() {
                let email = "margaret\(number)@example.org"
                let answer = try await register(password, server, email: email)
                #expect(answer == "201 ", "\(password)")
            }
        }
    }

    @Test func refusesThemWhereverAPasswordIsSet() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Adalovelace")
            for password in ["Adal0velace!", "passw0rd99", "adalovelace@example.org"] {
                #expect(try await server.changePassword(Self.password, to: password, of: ada).code == "password-common")
            }
            _ = try await server.post("/auth/password/forgot", ["email": .string(ada.email)])
            let token = try await Mailbox(server.folder).token("Your token to reset the password", to: ada.email)
            let reset: JSONValue = ["token": .string(token), "password": "Adal0velace!"]
            let refused = try await server.post("/auth/password/reset", reset)
            #expect(refused.status == 422)
            #expect(refused.code == "password-common")
            // The token is still valid.
            let better: JSONValue = ["token": .string(token), "password": "a long and quiet river"]
            #expect(try await server.post("/auth/password/reset", better).status == 204)
        }
    }

    /// Eight code points as typed, four letters in normalization form C.
    @Test func countsThePasswordsCharactersComposed() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let short = try await register(String(repeating: "e\u{301}", count: 4), server)
            #expect(short == "422 password-common")
            let long = try await register("e\u{301}quilibre", server)
            #expect(long == "201 ")
        }
    }

    @Test func refusesAChangeToTheSamePassword() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let same = try await server.changePassword(Self.password, to: Self.password, of: ada)
            #expect(same.status == 422)
            #expect(same.code == "password-common")
            #expect(same.json["detail"] == "This is the current password; choose another.")
            // The current password is checked first: the answer tells nobody that they have guessed it.
            #expect(
                try await server.changePassword("a wrong password", to: "a wrong password", of: ada).code
                    == "password-wrong")
        }
    }

    // MARK: Long passwords

    @Test(arguments: ["a", "\u{E4}", "\u{D55C}", "\u{1F600}"])
    func takesAHundredAndTwentyEightCharactersOfAnyScript(letter: String) async throws {
        try await TestServer.run { server in
            let longest = "x" + String(repeating: letter, count: 126) + "y"
            let answer = try await register(longest, server, email: "ada@example.org")
            #expect(answer == "201 ")
            #expect(try await register(longest + "z", server, email: "bob@example.org") == "400 invalid-request")
            #expect(try await server.login("ada@example.org", password: longest).status == 200)
            // Every character counts, beyond the 72 bytes that bcrypt reads too.
            let others = [String(longest.dropLast()) + "z", String(longest.dropLast()), String(longest.prefix(72))]
            for other in others { #expect(try await server.login("ada@example.org", password: other).status == 401) }
        }
    }

    @Test func hashesLongPasswordsWithSHA384Before() async throws {
        let hasher = PasswordHasher(cost: 4, parallelMax: 1, waitingPerGroupMax: 1)
        let origin = HashOrigin(network: "192.0.2.0/24", account: "Ada", client: nil)
        let long = String(repeating: "\u{E4}", count: 37)
        let marked = try await hasher.hash(long, for: origin)
        #expect(marked.hasPrefix("sha384:$2b$04$"))
        #expect(try await hasher.isCorrect(long, hash: marked, for: origin))
        #expect(try await !hasher.isCorrect(long + "a", hash: marked, for: origin))
        #expect(!hasher.isOutdated(marked))
        #expect(PasswordHasher(cost: 5, parallelMax: 1, waitingPerGroupMax: 1).isOutdated(marked))
        let short = try await hasher.hash(String(repeating: "\u{E4}", count: 36), for: origin)
        #expect(short.hasPrefix("$2b$04$"))
        #expect(hasher.canMatch(long, marked))
        #expect(!hasher.canMatch(long, short))
    }
}
