import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Uses every operation of a server, and collects the secrets that it sends and receives.
struct SecretWalk {
    private static let password = "mark password of the account"
    private static let newPassword = "mark password that is the next"

    private let server: TestServer
    /// Secrets by their names.
    private(set) var secrets: [String: String] = [
        "password": Self.password, "new password": Self.newPassword, "wrong password": "mark wrong password",
        "unknown token": "mark-unknown-token", "unknown address": "nobody-mark@example.org",
        "unknown code": "mark-code",
    ]

    init(_ server: TestServer) {
        self.server = server
    }

    private mutating func note(_ name: String, _ value: JSONValue) throws {
        let text = try #require(value.string, "\(name)")
        secrets["\(name) \(secrets.count)"] = text
    }

    /// Notes the secrets of a `Session` and returns its access token.
    private mutating func signedIn(_ reply: Reply) throws -> String {
        try #require(reply.status == 200)
        try note("access token", reply.json["accessToken"])
        try note("refresh token", reply.json["refreshToken"])
        return try #require(reply.json["accessToken"].string)
    }

    private mutating func mailed(_ subject: String, to recipient: String) async throws -> JSONValue {
        let mailbox = Mailbox(server.folder)
        // The mail takes the way over the mail server.
        var mail = await mailbox.mail(subject, to: recipient)
        for _ in 0..<15 where mail == nil { mail = await mailbox.mail(subject, to: recipient) }
        let token = try #require(mail?.token)
        secrets["mailed token \(secrets.count)"] = token
        return .string(token)
    }

    mutating func go() async throws {
        let (ada, bob) = (try await account("ada"), try await account("bob"))
        try await refresh(ada)
        try await secondFactor(ada)
        try await passwords(bob)
        let token = try signedIn(try await server.login(bob.email, password: Self.newPassword))
        try await content(from: token, to: ada)
        try await everyOperation(token)
    }

    // MARK: Accounts

    private mutating func account(_ name: String) async throws -> (id: String, email: String, token: String) {
        let email = "mark-\(name)@example.org"
        secrets["address of \(name)"] = email
        let made = try await server.post(
            "/auth/register",
            ["email": .string(email), "password": .string(Self.password), "displayName": .string(name)])
        try #require(made.status == 201)
        let proof = try await mailed("Your verification token", to: email)
        let token = try signedIn(try await server.login(email, password: Self.password))
        _ = try await server.login(email, password: "mark wrong password")
        let verified = try await server.post("/auth/verify-email", ["token": proof], token: token)
        try #require(verified.status == 204)
        return (made.json["id"].string ?? "", email, token)
    }

    private mutating func refresh(_ user: (id: String, email: String, token: String)) async throws {
        let session = try await server.login(user.email, password: Self.password)
        _ = try signedIn(session)
        let old: JSONValue = ["refreshToken": session.json["refreshToken"]]
        let next = try await server.post("/auth/refresh", old)
        _ = try signedIn(next)
        _ = try signedIn(try await server.post("/auth/refresh", ["refreshToken": next.json["refreshToken"]]))
        #expect(try await server.post("/auth/refresh", old).code == "token-reused")
    }

    private mutating func secondFactor(_ user: (id: String, email: String, token: String)) async throws {
        let started = try await server.post(
            "/users/me/two-factor", ["password": .string(Self.password)], token: user.token)
        try #require(started.status == 201)
        try note("authenticator secret", started.json["secret"])
        try note("authenticator URI", started.json["otpauthUri"])
        let secret = Enrolled.bytes(ofBase32: started.json["secret"].string ?? "")
        let code = TOTP.code(secret: secret, step: TOTP.step(at: .now()))
        let confirmed = try await server.post(
            "/users/me/two-factor/confirm", ["code": .string(code)], token: user.token)
        try #require(confirmed.status == 200)
        let codes = confirmed.json["recoveryCodes"].items
        for code in codes { try note("recovery code", code) }
        let challenge = try await server.login(user.email, password: Self.password).json["challengeToken"]
        try note("challenge", challenge)
        _ = try await server.post("/auth/two-factor", ["challengeToken": challenge, "code": "mark-code"])
        _ = try signedIn(try await server.post("/auth/two-factor", ["challengeToken": challenge, "code": codes[0]]))
    }

    private mutating func passwords(_ user: (id: String, email: String, token: String)) async throws {
        _ = try await server.post("/auth/password/forgot", ["email": .string(user.email)])
        let token = try await mailed("Your token to reset the password", to: user.email)
        let reset: JSONValue = ["token": token, "password": .string(Self.newPassword)]
        #expect(try await server.post("/auth/password/reset", reset).status == 204)
        #expect(try await server.post("/auth/password/reset", reset).status == 422)
    }

    // MARK: Content

    private mutating func content(
        from token: String, to user: (id: String, email: String, token: String)
    ) async throws {
        let contact = try await server.post("/contacts", ["email": .string(user.email)], token: token)
        #expect(contact.status == 201)
        let form = Form().with("file", Array("mark of a file".utf8), fileName: "a.txt")
        let file = try await server.send(form.request("POST", "/media", token: token))
        try #require(file.status == 201)
        try await follow(file.json["url"])
        let picture = Form().with("file", SamplePicture.png.clean, fileName: "a.png")
        let me = try await server.send(picture.request("PUT", "/users/me/picture", token: token))
        try #require(me.status == 200)
        try await follow(me.json["pictureUrl"])
        let message: JSONValue = [
            "recipientId": .string(user.id), "clientMessageId": .string(Identifier.make().description),
            "text": "mark of a message", "mediaIds": [file.json["id"]],
        ]
        secrets["text"] = "mark of a message"
        #expect(try await server.post("/messages", message, token: token).status == 201)
    }

    /// Follows a signed URL, and one whose signature is wrong.
    private mutating func follow(_ url: JSONValue) async throws {
        let parts = try #require(url.string).split(separator: "?", maxSplits: 1)
        try #require(parts.count == 2)
        let query = parts[1].split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let pairs = query.map { (name: $0[0], value: $0[1]) }
        let signature = try #require(pairs.max { $0.value.count < $1.value.count })
        secrets["signature \(secrets.count)"] = signature.value
        let path = String(parts[0])
        #expect(try await server.send(Request("GET", path, query: pairs)).status == 200)
        let wrong = pairs.map { (name: $0.name, value: $0.name == signature.name ? "mark-unknown-token" : $0.value) }
        #expect(try await server.send(Request("GET", path, query: wrong)).status == 401)
    }

    // MARK: All operations

    /// Sends marks to each operation of the served document, with a right token and a wrong one.
    private func everyOperation(_ token: String) async throws {
        let document = try await Client.document(port: server.port)
        let body: JSONValue = [
            "email": "nobody-mark@example.org", "password": "mark wrong password", "token": "mark-unknown-token",
            "refreshToken": "mark-unknown-token", "challengeToken": "mark-unknown-token", "code": "mark-code",
            "currentPassword": "mark wrong password", "newPassword": "mark wrong password",
        ]
        let query = [(name: "cursor", value: "mark-unknown-token"), (name: "search", value: "mark wrong password")]
        var count = 0
        for item in document["paths"].members {
            let place = item.name.replacing(/\{[^}]*\}/, with: Identifier.make().description)
            for entry in item.value.members where entry.value.has("operationId") {
                count += 1
                for token in [token, "mark-unknown-token"] where entry.value["operationId"] != "logout" {
                    var request = Request(entry.name.uppercased(), place, query: query, token: token, json: body)
                    request.fields["Idempotency-Key"] = "mark-unknown-token"
                    if entry.name == "get" { request.body = nil }
                    #expect(try await Client.send(request, port: server.port).status < 500, "\(entry.name) \(place)")
                }
            }
        }
        #expect(count > 40)
        #expect(try await server.post("/auth/logout", token: token).status == 204)
    }
}
