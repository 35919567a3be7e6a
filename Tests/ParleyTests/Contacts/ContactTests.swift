import SpecCore
import TestSupport
import Testing

/// Tests of contacts, blocks and visible profiles, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct ContactTests {
    @Test func addsAContactByIdAndByProvedAddress() async throws {
        try await TestServer.run { server in
            let bob = try await server.provedAccount("Bob")
            let ada = try await server.account("Ada")
            let eve = try await server.account("Eve")
            let first = try await server.contact(of: ada, bob.id, alias: "Bobby")
            #expect(first.status == 201)
            let user: JSONValue = ["id": .string(bob.id), "displayName": "Bob", "about": nil, "pictureUrl": nil]
            #expect(first.json["user"] == user)
            #expect(first.json["alias"] == "Bobby")
            #expect(first.json["status"] == "active")
            let body: JSONValue = ["email": "BOB@example.org", "alias": nil, "status": "blocked"]
            let second = try await server.send(Request("POST", "/contacts", token: eve.token, json: body))
            #expect(second.status == 201)
            #expect(second.json["user"] == user)
            #expect(second.json["alias"] == .null)
            #expect(second.json["status"] == "blocked")
            #expect(try await server.contacts(of: ada).json == ["items": [first.json], "nextCursor": nil])
            #expect(try await server.contacts(of: bob).json == ["items": [], "nextCursor": nil])
        }
    }

    /// Guesses at the same time count as well as one after the other.
    @Test func allowsTwentyGuessesOfAddresses() async throws {
        try await TestServer.run(limits: true) { server in
            let bob = try await server.provedAccount("Bob")
            let ada = try await server.account("Ada")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<60 {
                    let body: JSONValue = ["email": .string("guess\(number)@example.org")]
                    let request = Request("POST", "/contacts", token: ada.token, json: body)
                    group.addTask { try await server.send(request).status }
                }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [404: 20, 429: 40])
            let known = try await server.post("/contacts", ["email": .string(bob.email)], token: ada.token)
            #expect(known.status == 429)
            #expect(known.code == "rate-limited")
            #expect(known.field("RateLimit")?.contains("\"contact-guesses\";r=0") == true)
            // Other users go on, and users who are found do not count.
            #expect(try await server.contact(of: bob, ada.id).status == 201)
        }
    }

    @Test func refusesUnknownUsersAndOneself() async throws {
        try await TestServer.run { server in
            let bob = try await server.provedAccount("Bob")
            let ada = try await server.account("Ada")
            func add(_ body: JSONValue, as owner: TestServer.Account) async throws -> String {
                let reply = try await server.send(Request("POST", "/contacts", token: owner.token, json: body))
                return "\(reply.status) \(reply.code ?? "")"
            }
            let unknown = Identifier.make().description
            #expect(try await add(["userId": .string(unknown)], as: ada) == "404 not-found")
            #expect(try await add(["email": "nobody@example.org"], as: ada) == "404 not-found")
            // Ada has not verified her address.
            #expect(try await add(["email": "ada@example.org"], as: bob) == "404 not-found")
            #expect(try await add(["userId": .string(ada.id)], as: ada) == "422 recipient-self")
            #expect(try await add(["email": "bob@example.org"], as: bob) == "422 recipient-self")
            #expect(try await add(["userId": .string(bob.id)], as: ada) == "201 ")
            #expect(try await add(["email": "bob@example.org"], as: ada) == "409 contact-exists")
        }
    }

    @Test(
        arguments: [
            [:], ["alias": "Bob"], ["userId": "x"], ["userId": nil],
            ["userId": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00", "email": "bob@example.org"],
            ["email": "bob@example.org", "alias": ""], ["email": "bob@example.org", "alias": "a\u{0}"],
            ["email": "bob@example.org", "status": "deleted"], ["email": "bob@example.org", "bogus": 1],
        ] as [JSONValue])
    func refusesBodiesThatTheSchemaDoesNotAllow(body: JSONValue) async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let reply = try await server.send(Request("POST", "/contacts", token: ada.token, json: body))
            #expect(reply.status == 400)
            #expect(reply.code == "invalid-request")
        }
    }

    @Test(
        arguments: [
            (["userId": "x"], ["/userId format"]),
            (
                ["email": "x@y..z", "alias": "", "bogus": 1],
                ["/email pattern", "/alias min-length", "/bogus unknown-member"]
            ),
            (["email": "bob@example.org", "status": "deleted"], ["/status enum"]), ([:], [" one-of"]),
            (["userId": "x", "email": "y"], [" one-of"]), (["alias": 1], [" one-of"]),
        ] as [(JSONValue, [String])])
    func saysWhatIsWrongWithTheContactThatWasMeant(body: JSONValue, violations: [String]) async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let ada = try await server.account("Ada")
            let reply = try await server.send(Request("POST", "/contacts", token: ada.token, json: body))
            let found = reply.json["errors"].items.map { "\($0["pointer"].string ?? "-") \($0["code"].string ?? "-")" }
            #expect(found == violations)
        }
    }

    @Test func addsOnceWhenTwoComeAtTheSameTime() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            async let first = server.contact(of: ada, bob.id)
            async let second = server.contact(of: ada, bob.id)
            #expect(try await [first.status, second.status].sorted() == [201, 409])
        }
    }

    // MARK: Change

    @Test func changesWhatIsGivenAndLeavesTheRest() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let made = try await server.contact(of: ada, bob.id, alias: "Bobby")
            let path = "/contacts/\(made.json["id"].string ?? "")"
            func put(_ body: JSONValue) async throws -> Reply {
                try await server.send(Request("PUT", path, token: ada.token, json: body))
            }
            #expect(try await put(["status": "blocked"]).json == made.json.with("status", "blocked").sorted(like: made))
            #expect(try await put(["status": "active", "alias": "Robert"]).json["alias"] == "Robert")
            #expect(try await put(["status": "active", "alias": nil]).json["alias"] == .null)
            #expect(try await put(["alias": "Bobby"]).status == 400)
            #expect(try await server.contacts(of: ada).json["items"][0]["alias"] == .null)
        }
    }

    @Test func removesAContactOnce() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.contact(of: ada, bob.id).json["id"].string ?? ""
            let removal = Request("DELETE", "/contacts/\(id)", token: ada.token)
            #expect(try await server.send(removal).status == 204)
            #expect(try await server.send(removal).code == "not-found")
            #expect(try await server.contacts(of: ada).json["items"] == [])
            #expect(try await server.contact(of: ada, bob.id).status == 201)
        }
    }

    // MARK: Lists

    @Test func pagesInTheOrderOfAdding() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            for name in ["A1", "A2", "A3", "A4", "A5"] {
                let user = try await server.account(name)
                let status = ["A2", "A4"].contains(name) ? "blocked" : "active"
                _ = try await server.contact(of: ada, user.id, status: status)
                clock.advance(seconds: 1)
            }
            func names(_ query: [(name: String, value: String)]) async throws -> [String] {
                var names: [String] = []
                try await PageWalk.run { (cursor: String?) in
                    let page = try await server.contacts(of: ada, query + (cursor.map { [("cursor", $0)] } ?? []))
                    names.append(page.json["items"].items.compactMap { $0["user"]["displayName"].string }.joined())
                    return page.json["nextCursor"].string
                }
                return names
            }
            #expect(try await names([]) == ["A1A2A3A4A5"])
            #expect(try await names([("limit", "2")]) == ["A1A2", "A3A4", "A5"])
            #expect(try await names([("limit", "5")]) == ["A1A2A3A4A5"])
            #expect(try await names([("limit", "2"), ("status", "active")]) == ["A1A3", "A5"])
            #expect(try await names([("limit", "1"), ("status", "blocked")]) == ["A2", "A4"])
            #expect(try await names([("limit", "2"), ("search", "a")]) == ["A1A2", "A3A4", "A5"])
        }
    }

    @Test func refusesCursorsOfOtherListsAndPeople() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            for user in [bob, eve] { _ = try await server.contact(of: ada, user.id) }
            let page = try await server.contacts(of: ada, [("limit", "1")])
            let cursor = try #require(page.json["nextCursor"].string)
            func list(_ owner: TestServer.Account, _ query: [(name: String, value: String)]) async throws -> String {
                let reply = try await server.contacts(of: owner, query)
                return "\(reply.status) \(reply.code ?? "")"
            }
            #expect(try await list(ada, [("cursor", cursor)]) == "200 ")
            #expect(try await list(bob, [("cursor", cursor)]) == "422 cursor-invalid")
            #expect(try await list(ada, [("cursor", cursor), ("status", "active")]) == "422 cursor-invalid")
            #expect(try await list(ada, [("cursor", cursor), ("search", "bob")]) == "422 cursor-invalid")
            #expect(try await list(ada, [("cursor", "AAAA")]) == "422 cursor-invalid")
        }
    }

    @Test func findsWordsInAliasAndDisplayName() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let people = [
                ("Søren Ångström", ""), ("Jürgen Groß", "Chef 2"), ("山田太郎", "Tarō"), ("김철수", "Kim"), ("محمّد علي", "Mo"),
                ("Ёлка О'Нил", "🚀 team"),
            ]
            for (number, (name, alias)) in people.enumerated() {
                let made = try await server.register("p\(number)@example.org", name)
                let id = made.json["id"].string ?? ""
                #expect(try await server.contact(of: ada, id, alias: alias.isEmpty ? nil : alias).status == 201)
            }
            func found(_ search: String) async throws -> [Int] {
                let items = try await server.contacts(of: ada, [("search", search)]).json["items"].items
                return items.compactMap { item in people.firstIndex { $0.0 == item["user"]["displayName"].string } }
            }
            let expected: [(String, [Int])] = [
                ("SOREN", [0]), ("soren ang", [0]), ("ang soren", []), ("angstrom", [0]), ("ngstrom", []),
                ("gross", [1]), ("jurgen chef", [1]), ("2 JÜR", [1]), ("chef 3", []), ("太郎", [2]), ("田", [2]),
                ("taro 山", [2]), ("郎太", []), ("철수", [3]), ("김", [3]), ("محمد", [4]), ("علي mo", [4]),
                ("елка", [5]), ("o'нил", []), ("нил", [5]), ("🚀", [5]), ("!?", []), ("mo kim", []),
            ]
            for (search, people) in expected { #expect(try await found(search) == people, "\(search)") }
        }
    }

    // MARK: Blocks

    @Test func hidesAProfileFromWhomItsUserHasBlocked() async throws {
        try await TestServer.run { server in
            let bob = try await server.provedAccount("Bob")
            let (ada, eve) = (try await server.account("Ada"), try await server.account("Eve"))
            _ = try await server.send(
                Request("PUT", "/users/me", token: bob.token, json: ["displayName": "Bob", "about": "Building."]))
            let shown: JSONValue = [
                "id": .string(bob.id), "displayName": "Bob", "about": "Building.", "pictureUrl": nil,
            ]
            let hidden: JSONValue = ["id": .string(bob.id), "displayName": "Bob", "about": nil, "pictureUrl": nil]
            let block = try await server.contact(of: bob, ada.id, status: "blocked")
            #expect(try await server.profile(of: bob.id, for: ada).json == hidden)
            #expect(try await server.profile(of: bob.id, for: eve).json == shown)
            #expect(try await server.profile(of: bob.id, for: bob).json == shown)
            let byEmail: JSONValue = ["email": "bob@example.org"]
            let search = try await server.send(Request("POST", "/contacts", token: ada.token, json: byEmail))
            #expect(search.json.with("requestId", nil) == (try await unknownAddress(server, ada)))
            // A block is invisible otherwise: the id works as before.
            #expect(try await server.contact(of: ada, bob.id).json["user"] == hidden)
            #expect(try await server.contacts(of: ada).json["items"][0]["user"] == hidden)
            // The blocking user still sees the other side, and the block is removed with its contact.
            #expect(try await server.profile(of: ada.id, for: bob).json["displayName"] == "Ada")
            let id = block.json["id"].string ?? ""
            _ = try await server.send(Request("DELETE", "/contacts/\(id)", token: bob.token))
            #expect(try await server.profile(of: bob.id, for: ada).json == shown)
            #expect(try await server.contacts(of: ada).json["items"][0]["user"] == shown)
        }
    }

    /// The response for an address without an account.
    private func unknownAddress(_ server: TestServer, _ owner: TestServer.Account) async throws -> JSONValue {
        let body: JSONValue = ["email": "nobody@example.org"]
        let reply = try await server.send(Request("POST", "/contacts", token: owner.token, json: body))
        #expect(reply.status == 404)
        return reply.json.with("requestId", nil)
    }

    @Test func knowsNoUserOfAnUnknownId() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            #expect(try await server.profile(of: Identifier.make().description, for: ada).code == "not-found")
            #expect(try await server.profile(of: "me2", for: ada).status == 400)
        }
    }
}

extension JSONValue {
    /// The members in the order of another response.
    fileprivate func sorted(like other: Reply) -> JSONValue {
        .object(other.json.names.map { Member($0, self[$0]) })
    }
}
