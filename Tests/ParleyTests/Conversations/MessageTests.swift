import SpecCore
import TestSupport
import Testing

/// Tests of sending and reading messages, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct MessageTests {
    @Test func sendsAMessageThatBothSidesSee() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let sent = try await server.message(from: ada, to: bob.id, "Hello, Bob. \u{1F600}")
            #expect(sent.status == 201)
            #expect(sent.json["seq"] == 1)
            #expect(sent.json["status"] == "sent")
            #expect(sent.json["media"] == [])
            for (reader, other) in [(ada, bob), (bob, ada)] {
                let list = try await server.send(
                    Request("GET", "/messages", query: [("with", other.id)], token: reader.token))
                #expect(list.json == ["items": [sent.json], "nextCursor": nil])
                let id = sent.json["id"].string ?? ""
                let one = try await server.send(Request("GET", "/messages/\(id)", token: reader.token))
                #expect(one.json == sent.json)
            }
        }
    }

    @Test func givesTheSameMessageForARepeatedClientMessageID() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let id = "5f1d9a52-3c44-4b0e-9f9a-1f0c8f3f7a11"
            let first = try await server.message(from: ada, to: bob.id, "Hello", id: id)
            let again = try await server.message(from: ada, to: bob.id, "Hello", id: id)
            #expect([first.status, again.status] == [201, 200])
            #expect(first.json == again.json)
            let other = try await server.message(from: ada, to: bob.id, "Other", id: id)
            #expect(other.status == 409)
            #expect(other.code == "client-message-id-reused")
        }
    }

    @Test func storesOneOfManyEqualSendsAtTheSameTime() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let id = Identifier.make().description
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<32 {
                    group.addTask { try await server.message(from: ada, to: bob.id, "Once", id: id).status }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == Array(repeating: 200, count: 31) + [201])
        }
    }

    @Test func refusesWhatAMessageCannotBe() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let eve = try await server.account("Eve")
            #expect(try await server.message(from: ada, to: ada.id).code == "recipient-self")
            #expect(try await server.message(from: ada, to: Identifier.make().description).code == "not-found")
            #expect(try await server.message(from: ada, to: bob.id, "").status == 400)
            #expect(try await server.message(from: ada, to: bob.id, "a\u{0}b").status == 400)
            let longest = String(repeating: "\u{1F600}", count: 4_096)
            #expect(try await server.message(from: ada, to: bob.id, longest).status == 201)
            #expect(try await server.message(from: ada, to: bob.id, longest + "x").status == 400)
            let foreign = try await server.message(from: eve, to: bob.id).json["id"].string
            #expect(try await server.message(from: ada, to: bob.id, replyTo: foreign).code == "reply-unknown")
            let own = try await server.message(from: bob, to: ada.id).json["id"].string
            let reply = try await server.message(from: ada, to: bob.id, replyTo: own)
            #expect(reply.json["replyToId"].string == own)
        }
    }

    @Test func wantsTextOrFiles() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let bare: JSONValue = [
                "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description),
            ]
            func send(_ body: JSONValue) async throws -> Reply {
                try await server.send(Request("POST", "/messages", token: ada.token, json: body))
            }
            let nothing = try await send(bare)
            #expect([nothing.status == 422, nothing.code == "message-empty"] == [true, true])
            #expect(try await send(bare.with("text", .null)).code == "message-empty")
            #expect(try await send(bare.with("mediaIds", [])).code == "message-empty")
            let unknown: JSONValue = [.string(Identifier.make().description)]
            #expect(try await send(bare.with("mediaIds", unknown)).code == "media-unknown")
            #expect(try await send(bare.with("text", "Hello").with("mediaIds", unknown)).code == "media-unknown")
            #expect(try await send(bare.with("mediaIds", [unknown[0], unknown[0]])).code == "media-repeated")
            // The rejected messages have left nothing behind.
            #expect(try await send(bare.with("text", "Hello").with("mediaIds", .null)).json["seq"] == 1)
            #expect(try await server.events(of: bob) == ["message:new"])
        }
    }

    @Test func hidesOtherPeoplesMessages() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let eve = try await server.account("Eve")
            let id = try await server.message(from: ada, to: bob.id).json["id"].string ?? ""
            let seen = try await server.send(Request("GET", "/messages/\(id)", token: eve.token))
            #expect(seen.status == 404)
            let list = try await server.send(Request("GET", "/messages", query: [("with", ada.id)], token: eve.token))
            #expect(list.json == ["items": [], "nextCursor": nil])
            #expect(try await server.send(Request("GET", "/messages/\(id)")).status == 401)
        }
    }

    @Test(arguments: ["desc", "asc"])
    func pagesWithoutSkippingOrRepeatingWhileOthersArrive(order: String) async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            for number in 1...7 { _ = try await server.message(from: ada, to: bob.id, "\(number)") }
            var seen: [Int64] = []
            try await PageWalk.run { (cursor: String?) in
                var query = [("with", bob.id), ("limit", "3"), ("order", order)]
                if let cursor { query.append(("cursor", cursor)) }
                let page = try await server.send(Request("GET", "/messages", query: query, token: ada.token))
                seen += page.json["items"].items.compactMap { $0["seq"].integer }
                if order == "desc" { _ = try await server.message(from: bob, to: ada.id, "later") }
                return page.json["nextCursor"].string
            }
            #expect(seen == (order == "desc" ? [7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7]))
        }
    }

    @Test func refusesCursorsOfOtherListsAndPeople() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            for number in 1...3 { _ = try await server.message(from: ada, to: bob.id, "\(number)") }
            let page = try await server.send(
                Request("GET", "/messages", query: [("with", bob.id), ("limit", "1")], token: ada.token))
            let cursor = try #require(page.json["nextCursor"].string)
            func list(_ reader: TestServer.Account, _ query: [(name: String, value: String)]) async throws -> Reply {
                try await server.send(Request("GET", "/messages", query: query, token: reader.token))
            }
            #expect(try await list(ada, [("with", bob.id), ("cursor", cursor)]).status == 200)
            #expect(try await list(bob, [("with", ada.id), ("cursor", cursor)]).code == "cursor-invalid")
            #expect(
                try await list(ada, [("with", bob.id), ("cursor", cursor), ("order", "asc")]).code == "cursor-invalid")
            #expect(try await list(ada, [("with", bob.id), ("cursor", "AAAA")]).code == "cursor-invalid")
        }
    }

    @Test func bindsAListToItsTimes() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let sent = try await server.message(from: ada, to: bob.id)
            let time = sent.json["createdAt"].string ?? ""
            func count(_ name: String) async throws -> Int {
                let query = [("with", bob.id), (name, time)]
                return try await server.send(Request("GET", "/messages", query: query, token: ada.token)).json["items"]
                    .items.count
            }
            #expect(try await count("from") == 1)
            #expect(try await count("to") == 0)
        }
    }

    @Test func refusesParametersThatTheSpecDoesNotHave() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            func errors(_ query: [(name: String, value: String)]) async throws -> [String] {
                let reply = try await server.send(Request("GET", "/messages", query: query, token: ada.token))
                return reply.json["errors"].items.map { "\($0["parameter"].string ?? "") \($0["code"].string ?? "")" }
            }
            #expect(try await errors([]) == ["with required"])
            #expect(try await errors([("with", ada.id), ("limit", "101")]) == ["limit maximum"])
            #expect(try await errors([("with", ada.id), ("limit", "1"), ("limit", "2")]) == ["limit repeated"])
            #expect(try await errors([("with", "x"), ("page", "1")]) == ["page unknown-parameter", "with format"])
        }
    }
}
