import SpecCore
import TestSupport
import Testing

extension TestServer {
    /// Signs in a user who registered in an earlier run on this folder.
    func returning(_ name: String) async throws -> Account {
        let email = "\(name.lowercased())@example.org"
        let session = try await login(email).json
        return Account(id: session["user"]["id"].string ?? "", email: email, session: session)
    }

    /// Sends a message and returns its id.
    func sent(from sender: Account, to recipient: Account, _ text: String = "Hello") async throws -> String {
        let reply = try await message(from: sender, to: recipient.id, text)
        try #require(reply.status == 201)
        return reply.json["id"].string ?? ""
    }

    func read(_ message: String, by reader: Account) async throws -> Reply {
        try await send(Request("GET", "/messages/\(message)", token: reader.token))
    }

    func edit(_ message: String, by user: Account, _ text: String) async throws -> Reply {
        try await send(Request("PUT", "/messages/\(message)", token: user.token, json: ["text": .string(text)]))
    }

    func delete(_ message: String, by user: Account) async throws -> Reply {
        try await send(Request("DELETE", "/messages/\(message)", token: user.token))
    }

    func list(_ reader: Account, with other: Account, _ query: [(name: String, value: String)] = []) async throws
        -> Reply
    {
        try await send(Request("GET", "/messages", query: [("with", other.id)] + query, token: reader.token))
    }

    func set(_ status: String, of message: String, by user: Account) async throws -> Reply {
        try await send(
            Request("PUT", "/messages/\(message)/status", token: user.token, json: ["status": .string(status)]))
    }

    /// Returns the statuses in a message's history, as a user sees them.
    func history(of message: String, for viewer: Account) async throws -> [String] {
        let reply = try await send(Request("GET", "/messages/\(message)/status", token: viewer.token))
        return reply.json["items"].items.compactMap { $0["status"].string }
    }

    func react(to message: String, by user: Account, _ emoji: String = "👍") async throws -> Reply {
        try await send(
            Request("POST", "/messages/\(message)/reactions", token: user.token, json: ["emoji": .string(emoji)]))
    }

    func unreact(_ reaction: String, to message: String, by user: Account) async throws -> Reply {
        try await send(Request("DELETE", "/messages/\(message)/reactions/\(reaction)", token: user.token))
    }

    func conversations(of user: Account, _ query: [(name: String, value: String)] = []) async throws -> Reply {
        try await send(Request("GET", "/conversations", query: query, token: user.token))
    }

    func sync(_ user: Account, after: Int64 = 0, limit: Int = 100) async throws -> Reply {
        try await send(
            Request("GET", "/sync", query: [("after", "\(after)"), ("limit", "\(limit)")], token: user.token))
    }

    /// Returns the names of a user's events after a position, in order.
    func events(of user: Account, after: Int64 = 0) async throws -> [String] {
        try await sync(user, after: after).json["items"].items.compactMap { $0["event"].string }
    }
}
