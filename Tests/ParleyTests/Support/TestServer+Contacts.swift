import SpecCore
import TestSupport
import Testing

extension TestServer {
    /// Registers a user, verifies the address and signs in.
    func provedAccount(_ name: String) async throws -> Account {
        let account = try await account(name)
        let token = try await Mailbox(folder).token("Your verification token", to: account.email)
        let proof = try await post("/auth/verify-email", ["token": .string(token)], token: account.token)
        try #require(proof.status == 204)
        return account
    }

    /// Adds a contact of this user.
    func contact(
        of owner: Account, _ user: String, alias: String? = nil, status: String? = nil
    ) async throws -> Reply {
        var body: JSONValue = ["userId": .string(user)]
        if let alias { body = body.with("alias", .string(alias)) }
        if let status { body = body.with("status", .string(status)) }
        return try await send(Request("POST", "/contacts", token: owner.token, json: body))
    }

    func contacts(of owner: Account, _ query: [(name: String, value: String)] = []) async throws -> Reply {
        try await send(Request("GET", "/contacts", query: query, token: owner.token))
    }

    func profile(of user: String, for viewer: Account) async throws -> Reply {
        try await send(Request("GET", "/users/\(user)", token: viewer.token))
    }

    func presence(of users: [String], for viewer: Account) async throws -> Reply {
        try await send(Request("GET", "/presence", query: users.map { ("userIds", $0) }, token: viewer.token))
    }

    func putSettings(of user: Account, _ body: JSONValue) async throws -> Reply {
        try await send(Request("PUT", "/users/me/settings", token: user.token, json: body))
    }
}
