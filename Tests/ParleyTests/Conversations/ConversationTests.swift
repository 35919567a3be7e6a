import SpecCore
import TestSupport
import Testing

/// Tests of the list of conversations, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct ConversationTests {
    @Test func listsThemNewestFirstWithWhatWaits() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            #expect(try await server.conversations(of: ada).json == ["items": [], "nextCursor": nil])
            _ = try await server.sent(from: bob, to: ada, "1")
            _ = try await server.sent(from: eve, to: ada, "2")
            let last = try await server.sent(from: bob, to: ada, "3")
            let items = try await server.conversations(of: ada).json["items"].items
            #expect(items.map { $0["peer"]["displayName"] } == ["Bob", "Eve"])
            #expect(items.map { $0["unreadCount"] } == [2, 1])
            #expect(items[0]["lastMessage"] == (try await server.read(last, by: ada).json))
            let other = try await server.conversations(of: bob).json["items"].items
            #expect(other.map { $0["unreadCount"] } == [0])
        }
    }

    @Test func countsWhatIsNeitherReadNorDeleted() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            var ids: [String] = []
            for number in 1...5 { ids.append(try await server.sent(from: bob, to: ada, "\(number)")) }
            _ = try await server.sent(from: ada, to: bob)
            func waiting() async throws -> JSONValue {
                try await server.conversations(of: ada).json["items"][0]["unreadCount"]
            }
            #expect(try await waiting() == 5)
            _ = try await server.set("delivered", of: ids[4], by: ada)
            #expect(try await waiting() == 5)
            _ = try await server.delete(ids[3], by: bob)
            #expect(try await waiting() == 4)
            _ = try await server.set("read", of: ids[1], by: ada)
            #expect(try await waiting() == 2)
            _ = try await server.delete(ids[0], by: bob)
            #expect(try await waiting() == 2)
            _ = try await server.set("read", of: ids[4], by: ada)
            #expect(try await waiting() == 0)
        }
    }

    @Test func countsOnWhereverTheMarksAre() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            var ids: [String] = []
            for number in 1...12 {
                ids.append(try await server.sent(from: bob, to: ada, "\(number)"))
                if number % 3 == 0 { _ = try await server.sent(from: ada, to: bob) }
            }
            func waiting() async throws -> JSONValue {
                try await server.conversations(of: ada).json["items"][0]["unreadCount"]
            }
            for deleted in [2, 6, 7, 11] { _ = try await server.delete(ids[deleted], by: bob) }
            #expect(try await waiting() == 8)
            _ = try await server.set("read", of: ids[6], by: ada)
            #expect(try await waiting() == 3)
            _ = try await server.delete(ids[8], by: bob)
            _ = try await server.delete(ids[0], by: bob)
            #expect(try await waiting() == 2)
            _ = try await server.set("read", of: ids[9], by: ada)
            #expect(try await waiting() == 1)
            _ = try await server.sent(from: bob, to: ada)
            #expect(try await waiting() == 2)
            _ = try await server.set("read", of: ids[11], by: ada)
            #expect(try await waiting() == 1)
        }
    }

    @Test func putsTheNewestFirstWhateverTheClockSays() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let eve = try await server.account("Eve")
            for name in ["Ada", "Bob"] { _ = try await server.account(name) }
            _ = try await server.sent(from: server.returning("Bob"), to: server.returning("Ada"), "at noon")
            clock.advance(seconds: -2 * 3_600)
            // Tokens that were made later are not valid yet.
            let (ada, bob) = (try await server.returning("Ada"), try await server.returning("Bob"))
            _ = try await server.sent(from: ada, to: eve, "later, says everybody but the clock")
            let items = try await server.conversations(of: ada).json["items"].items
            #expect(items.map { $0["peer"]["displayName"] } == ["Eve", "Bob"])
            _ = try await server.sent(from: bob, to: ada, "and later")
            #expect(
                try await server.conversations(of: ada).json["items"].items.map { $0["peer"]["displayName"] }
                    == ["Bob", "Eve"])
        }
    }

    @Test func pagesThroughThemAll() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            for name in ["Bob", "Cid", "Dan", "Eve", "Fay"] {
                let other = try await server.account(name)
                // From either side, so that Ada is the one with the smaller id, or the larger.
                _ = try await server.sent(from: name < "D" ? ada : other, to: name < "D" ? other : ada)
            }
            var seen: [String] = []
            try await PageWalk.run { (cursor: String?) in
                let query = [("limit", "2")] + (cursor.map { [("cursor", $0)] } ?? [])
                let page = try await server.conversations(of: ada, query).json
                seen += page["items"].items.compactMap { $0["peer"]["displayName"].string }
                return page["nextCursor"].string
            }
            #expect(seen == ["Fay", "Eve", "Dan", "Cid", "Bob"])
        }
    }

    @Test func refusesCursorsOfOthers() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            for other in [bob, eve] { _ = try await server.sent(from: ada, to: other) }
            let cursor = try await server.conversations(of: ada, [("limit", "1")]).json["nextCursor"].string ?? ""
            #expect(try await server.conversations(of: ada, [("cursor", cursor)]).status == 200)
            #expect(try await server.conversations(of: bob, [("cursor", cursor)]).code == "cursor-invalid")
            #expect(try await server.list(ada, with: bob, [("cursor", cursor)]).code == "cursor-invalid")
        }
    }

    @Test func showsTheNameAloneOfWhoHasBlockedOne() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let profile: JSONValue = ["displayName": "Bob", "about": "Building."]
            _ = try await server.send(Request("PUT", "/users/me", token: bob.token, json: profile))
            _ = try await server.sent(from: ada, to: bob)
            func about() async throws -> JSONValue {
                try await server.conversations(of: ada).json["items"][0]["peer"]["about"]
            }
            #expect(try await about() == "Building.")
            _ = try await server.contact(of: bob, ada.id, status: "blocked")
            #expect(try await about() == nil)
        }
    }
}
