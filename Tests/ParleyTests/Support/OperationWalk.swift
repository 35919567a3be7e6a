import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Runs every operation once, successfully, and records its statements and transactions.
struct OperationWalk {
    /// Number of statements and of transactions.
    struct Cost: Equatable, CustomStringConvertible {
        let statements: Int
        let transactions: Int

        init(_ statements: Int, in transactions: Int) {
            self.statements = statements
            self.transactions = transactions
        }

        var description: String { "\(statements) in \(transactions)" }
    }

    private let server: TestServer
    private let store: CountingStore
    private let clock: TestClock
    /// Cost and statement names by operation.
    private(set) var costs: [String: (cost: Cost, names: [String])] = [:]

    private static let password: JSONValue = "correct horse battery"
    private static let newPassword: JSONValue = "another horse battery"

    init(_ server: TestServer, _ store: CountingStore, _ clock: TestClock) {
        self.server = server
        self.store = store
        self.clock = clock
    }

    mutating func go() async throws {
        let (ada, bob) = (try await server.provedAccount("Ada"), try await server.provedAccount("Bob"))
        try await account()
        try await passwords()
        try await secondFactor()
        try await profile(ada)
        try await contacts(ada, bob)
        try await messages(ada, bob)
        try await media(ada)
        for path in ["/health", "/ready"] { _ = try await measure(Request("GET", path)) }
    }

    /// Sends a request and records its cost; the server has cached the session by then.
    private mutating func measure(_ request: Request) async throws -> Reply {
        let found = try #require(server.spec.find(request.method, request.path))
        let id = found.operation["operationId"].string ?? ""
        if let authorization = request.fields["Authorization"] {
            _ = try await server.send(Request("GET", "/users/me", fields: ["Authorization": authorization]))
        }
        _ = (store.statements(), store.transactions())
        let reply = try await server.send(request)
        #expect(reply.status < 400, "\(id) \(reply.status) \(reply.json.text)")
        let names = store.statements()
        costs[id] = (Cost(names.count, in: store.transactions()), names)
        return reply
    }

    private mutating func measure(
        _ method: String, _ path: String, _ token: String?, _ json: JSONValue? = nil
    ) async throws -> Reply {
        try await measure(Request(method, path, token: token, json: json))
    }

    private mutating func account() async throws {
        let (email, mailbox): (JSONValue, _) = ("carl@example.org", Mailbox(server.folder))
        _ = try await measure(
            "POST", "/auth/register", nil, ["email": email, "password": Self.password, "displayName": "Carl"])
        let proof = try await mailbox.token("Your verification token", to: "carl@example.org")
        _ = try await measure("POST", "/auth/verify-email/resend", nil, ["email": email])
        let login: JSONValue = ["email": email, "password": Self.password]
        let other = try await measure("POST", "/auth/login", nil, login).json
        let session = try await server.post("/auth/login", login).json
        _ = try await measure(
            "POST", "/auth/verify-email", session["accessToken"].string, ["token": .string(proof)])
        _ = try await measure("POST", "/auth/refresh", nil, ["refreshToken": other["refreshToken"]])
        let token = session["accessToken"].string
        _ = try await measure("GET", "/users/me/sessions", token)
        _ = try await measure("DELETE", "/users/me/sessions/\(other["sessionId"].string ?? "")", token)
        _ = try await measure("POST", "/auth/logout", token)
        let last = try await server.post("/auth/login", login).json
        _ = try await measure("POST", "/users/me/deletion", last["accessToken"].string, ["password": Self.password])
    }

    private mutating func passwords() async throws {
        let dora = try await server.provedAccount("Dora")
        _ = try await measure(
            "PUT", "/users/me/password", dora.token,
            ["currentPassword": Self.password, "newPassword": Self.newPassword])
        _ = try await measure("POST", "/auth/password/forgot", nil, ["email": .string(dora.email)])
        let token = try await Mailbox(server.folder).token("Your token to reset the password", to: dora.email)
        _ = try await measure(
            "POST", "/auth/password/reset", nil, ["token": .string(token), "password": Self.password])
    }

    private mutating func secondFactor() async throws {
        let eve = try await server.provedAccount("Eve")
        let started = try await measure("POST", "/users/me/two-factor", eve.token, ["password": Self.password])
        let secret = Enrolled.bytes(ofBase32: started.json["secret"].string ?? "")
        _ = try await measure("POST", "/users/me/two-factor/confirm", eve.token, ["code": nextCode(secret)])
        let challenge = try await server.login(eve.email).json["challengeToken"]
        _ = try await measure(
            "POST", "/auth/two-factor", nil, ["challengeToken": challenge, "code": nextCode(secret)])
        _ = try await measure(
            "POST", "/users/me/two-factor/disable", eve.token,
            ["password": Self.password, "code": nextCode(secret)])
    }

    /// Returns an unused code, by advancing the time.
    private func nextCode(_ secret: [UInt8]) -> JSONValue {
        clock.advance(seconds: TOTP.stepSeconds)
        return .string(TOTP.code(secret: secret, step: TOTP.step(at: clock.now)))
    }

    private mutating func profile(_ ada: TestServer.Account) async throws {
        _ = try await measure("GET", "/users/me", ada.token)
        _ = try await measure("PUT", "/users/me", ada.token, ["displayName": "Ada L.", "about": "Counting."])
        let picture = Form().with("file", SamplePicture.png.clean, fileName: "a.png")
        _ = try await measure(picture.request("PUT", "/users/me/picture", token: ada.token))
        _ = try await measure("GET", "/users/\(ada.id)/picture", ada.token)
        _ = try await measure("DELETE", "/users/me/picture", ada.token)
        _ = try await measure("GET", "/users/me/settings", ada.token)
        _ = try await measure("PUT", "/users/me/settings", ada.token, ["readReceipts": true])
    }

    private mutating func contacts(_ ada: TestServer.Account, _ bob: TestServer.Account) async throws {
        let made = try await measure("POST", "/contacts", ada.token, ["userId": .string(bob.id)])
        let path = "/contacts/\(made.json["id"].string ?? "")"
        _ = try await measure("GET", "/contacts", ada.token)
        _ = try await measure("PUT", path, ada.token, ["status": "active", "alias": "B"])
        _ = try await measure("GET", "/users/\(bob.id)", ada.token)
        _ = try await measure(Request("GET", "/presence", query: [("userIds", bob.id)], token: ada.token))
        _ = try await measure("DELETE", path, ada.token)
    }

    private mutating func messages(_ ada: TestServer.Account, _ bob: TestServer.Account) async throws {
        let sent = try await measure(
            "POST", "/messages", ada.token,
            [
                "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description),
                "text": "Hello",
            ])
        let path = "/messages/\(sent.json["id"].string ?? "")"
        _ = try await measure("GET", path, bob.token)
        _ = try await measure(Request("GET", "/messages", query: [("with", ada.id)], token: bob.token))
        _ = try await measure("PUT", path, ada.token, ["text": "Hello!"])
        _ = try await measure("PUT", path + "/status", bob.token, ["status": "read"])
        _ = try await measure("GET", path + "/status", ada.token)
        let reaction = try await measure("POST", path + "/reactions", bob.token, ["emoji": "👍"])
        _ = try await measure("DELETE", path + "/reactions/\(reaction.json["id"].string ?? "")", bob.token)
        _ = try await measure("GET", "/conversations", bob.token)
        _ = try await measure("GET", "/sync", bob.token)
        _ = try await measure("DELETE", path, ada.token)
    }

    private mutating func media(_ ada: TestServer.Account) async throws {
        let form = Form().with("file", Array("Hello".utf8), fileName: "a.txt")
        let file = try await measure(form.request("POST", "/media", token: ada.token))
        let path = "/media/\(file.json["id"].string ?? "")"
        _ = try await measure("GET", path, ada.token)
        _ = try await measure("DELETE", path, ada.token)
    }
}
