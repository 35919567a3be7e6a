import SpecCore
import TestSupport
import Testing

/// Tests every operation with an id in its path, called for another user's object: 404 or 403, never data.
@Suite(.timeLimit(.minutes(10))) struct ForeignIdTests {
    /// Operations open to all users by id; blocks and settings decide what the response contains.
    private static let open: Set = ["getUser", "getPicture"]

    @Test func answersNothingAboutOtherPeoplesThings() async throws {
        try await TestServer.run { server in
            let stranger = try await server.account("Stranger")
            var asked = 0
            for (method, template, operation) in server.spec.operations where template.contains("{") {
                let id = operation["operationId"].string ?? ""
                guard !Self.open.contains(id) else { continue }
                asked += 1
                let things = try await Things(server, number: asked)
                let path = try await things.path(template)
                let request = { (token: String) in
                    Request(method, path, token: token, json: server.spec.exampleBody(of: operation))
                }
                let reply = try await server.send(request(stranger.token))
                #expect([403, 404].contains(reply.status), "\(id) answered a stranger \(reply.status)")
                #expect(reply.contentType == "application/problem+json", "\(id)")
                #expect(try await server.send(request("")).status == 401, "\(id) answered a request without a token")
                // The object exists: a user who has access to it gets it.
                var statuses: [Int] = []
                for insider in [things.owner, things.peer] {
                    statuses.append(try await server.send(request(insider.token)).status)
                }
                #expect(statuses.contains { $0 < 400 }, "\(id) answered the owners \(statuses)")
            }
            #expect(asked >= 10)
        }
    }
}

/// Two users who have one object of every kind that has an id.
private struct Things {
    let server: TestServer
    let owner: TestServer.Account
    let peer: TestServer.Account

    init(_ server: TestServer, number: Int) async throws {
        self.server = server
        owner = try await server.account("Owner\(number)")
        peer = try await server.account("Peer\(number)")
    }

    /// Returns the path with the ids of objects that were just made.
    func path(_ template: String) async throws -> String {
        var ids: [String: String] = [:]
        var parts: [String] = []
        for part in template.split(separator: "/").map(String.init) {
            guard part.hasPrefix("{") else {
                parts.append(part)
                continue
            }
            let name = String(part.dropFirst().dropLast())
            let made = try await make(name, ids)
            let id: String = try #require(made, "missing in this table: how to make a '\(name)'")
            ids[name] = id
            parts.append(id)
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Makes an object of each kind of id; those of the path before it are known.
    private func make(_ name: String, _ ids: [String: String]) async throws -> String? {
        switch name {
        case "userId": return owner.id
        case "sessionId": return owner.session["sessionId"].string
        case "messageId": return try await server.message(from: owner, to: peer.id).json["id"].string
        case "contactId": return try await server.contact(of: owner, peer.id).json["id"].string
        case "reactionId":
            let path = "/messages/\(ids["messageId"] ?? "")/reactions"
            let made = try await server.send(Request("POST", path, token: peer.token, json: ["emoji": "👍"]))
            return made.json["id"].string
        case "mediaId": return try await server.send(upload).json["id"].string
        default: return nil
        }
    }

    private var upload: Request {
        let lines = [
            "--part", "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"", "Content-Type: text/plain",
            "",
            "Hello", "--part--", "",
        ]
        let fields = [
            "Authorization": "Bearer \(owner.token)", "Content-Type": "multipart/form-data; boundary=part",
        ]
        return Request("POST", "/media", fields: fields, body: Array(lines.joined(separator: "\r\n").utf8))
    }
}
