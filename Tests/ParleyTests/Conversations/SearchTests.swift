import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the full-text search in messages, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct SearchTests {
    /// A text, searches that match it, and searches that do not.
    private struct Case: Sendable {
        let text: String
        let found: [String]
        let missed: [String]
    }

    private static let cases = [
        Case(
            text: "The quick brown Fox, at 10:30!",
            found: ["quick", "FOX", "the fo", "qu", "q", "brown the", "10", "fox at 10 30", "a"],
            missed: ["ox", "quick fo brown", "fix", "quickly", "the f brown"]),
        Case(
            text: "Grüße aus der Straße, Herr Müller",
            found: ["gruss", "grüsse", "STRASSE", "straße", "muller", "müll", "herr grusse"],
            missed: ["mueller", "asse"]),
        Case(text: "我们明天在北京见面", found: ["北京", "明天", "京", "面", "北京见面", "北京 明天"], missed: ["京北", "南京", "东", "天明"]),
        Case(
            text: "東京タワーへ行きましょう。", found: ["東京", "タワー", "行き", "東", "う", "ましょ"], missed: ["京東", "大阪", "ターワ"]),
        Case(
            text: "안녕하세요, 내일 만나요", found: ["안녕", "녕하", "내일", "만", "안", "안녕하세요", "만나 내일", "안녀"],
            missed: ["녕안", "모레", "일내"]),
        Case(
            text: "مرحبًا، كيف حالك اليوم؟", found: ["مرحبا", "كيف", "حال", "ك", "اليوم مرحبا", "مـرحبا"],
            missed: ["وداعا", "رحبا"]),
        Case(text: "สวัสดีครับ", found: ["สวัสดี", "ครับ", "ส"], missed: ["ลาก่อน"]),
        Case(
            text: "Café crème \u{1F600}!", found: ["cafe", "cafe\u{301}", "creme caf", "\u{1F600}"],
            missed: ["\u{1F601}"]),
        Case(text: "ПРИВЕТ, как дела", found: ["привет", "при", "дела как", "к"], missed: ["вет"]),
        Case(text: "Ἀθῆναι καὶ φῶς", found: ["αθηναι", "ΦΩΣ", "και"], missed: ["θηναι"]),
    ]

    @Test func findsWordsOfAllScripts() async throws {
        try await TestServer.run { server in
            for (number, item) in Self.cases.enumerated() {
                let ada = try await server.account("Ada\(number)")
                let bob = try await server.account("Bob\(number)")
                let id = try await server.sent(from: ada, to: bob, item.text)
                _ = try await server.sent(from: bob, to: ada, "zzz")
                for search in item.found + item.missed {
                    let page = try await server.list(bob, with: ada, [("search", search)])
                    let ids = page.json["items"].items.compactMap { $0["id"].string }
                    #expect(ids == (item.found.contains(search) ? [id] : []), "\(search)")
                }
            }
        }
    }

    @Test func findsNothingInOtherConversations() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            _ = try await server.sent(from: ada, to: bob, "the secret word")
            let own = try await server.sent(from: ada, to: eve, "another word")
            #expect(try await server.list(eve, with: ada, [("search", "secret")]).json["items"] == [])
            let found = try await server.list(eve, with: ada, [("search", "word")]).json["items"].items
            #expect(found.map { $0["id"].string } == [own])
        }
    }

    private static let signs = [
        "!", " ", "\"", "*", "() OR NOT", "\u{300}", "a\" OR \"b", "'", "\\", "&|!:*", "a* NEAR b", "tokens:a", "-a",
        "^a",
    ]

    @Test func takesEverySignForWhatItIs() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob, "a b c")
            for search in Self.signs {
                let page = try await server.list(ada, with: bob, [("search", search)])
                // The search without its signs: one word of the text, or nothing that occurs.
                let isFound = ["-a", "^a"].contains(search)
                #expect(page.json["items"].items.map { $0["id"].string } == (isFound ? [id] : []), "\(search)")
            }
        }
    }

    @Test func findsLongWordsAndWholeLongTexts() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let word = String(repeating: "w", count: 200)
            let texts = [word, String(repeating: "好的", count: 2_048), String(repeating: "ß", count: 4_096)]
            for text in texts { _ = try await server.sent(from: ada, to: bob, text) }
            for search in [word, "www", String(repeating: "好", count: 1), "的好", "ssss"] {
                let page = try await server.list(ada, with: bob, [("search", search)])
                #expect(page.json["items"].items.count == 1, "\(search.prefix(8))")
            }
            #expect(try await server.list(ada, with: bob, [("search", word + "w")]).status == 400)
        }
    }

    @Test(arguments: ["desc", "asc"])
    func pagesThroughWhatItFindsWhileOthersArrive(order: String) async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            for number in 1...9 {
                _ = try await server.sent(from: ada, to: bob, number % 2 == 0 ? "even" : "odd one")
            }
            var seen: [Int64] = []
            try await PageWalk.run { (cursor: String?) in
                let query =
                    [("search", "odd"), ("limit", "2"), ("order", order)] + (cursor.map { [("cursor", $0)] } ?? [])
                let page = try await server.list(bob, with: ada, query).json
                let items = page["items"].items
                seen += items.compactMap { $0["seq"].integer }
                if order == "desc" { _ = try await server.sent(from: bob, to: ada, "odd later") }
                // The message at which a page ended may be deleted before the next one is requested.
                if let last = items.last?["id"].string { _ = try await server.delete(last, by: ada) }
                return page["nextCursor"].string
            }
            #expect(seen == (order == "desc" ? [9, 7, 5, 3, 1] : [1, 3, 5, 7, 9]))
        }
    }

    @Test func bindsACursorToItsWords() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            for _ in 1...2 { _ = try await server.sent(from: ada, to: bob, "odd one") }
            let query = [("search", "odd"), ("limit", "1")]
            let cursor = try await server.list(ada, with: bob, query).json["nextCursor"].string ?? ""
            #expect(try await server.list(ada, with: bob, [("search", "odd"), ("cursor", cursor)]).status == 200)
            #expect(
                try await server.list(ada, with: bob, [("search", "one"), ("cursor", cursor)]).code == "cursor-invalid")
            #expect(try await server.list(ada, with: bob, [("cursor", cursor)]).code == "cursor-invalid")
        }
    }
}

/// Tests of the two ways of a search: message by message, and by the index.
@Suite(.timeLimit(.minutes(10))) struct SearchWaysTests {
    private static let words = ["hello", "help", "other", "北京", "京见", "rare"]
    private static let searches = ["hel", "hello", "help other", "京", "北京", "rare hello", "other 京见", "nothing"]

    /// Stores a conversation whose times go back now and then.
    private static func fill(_ store: any Store, _ ada: Identifier, _ bob: Identifier) async throws {
        var random = SystemRandomNumberGenerator()
        let messages = (1...120).map { number in
            let text = (0..<3).compactMap { _ in words.randomElement(using: &random) }.joined(separator: " ")
            let skew = Int64.random(in: -5_000...0, using: &random)
            return row(Int64(number), text, at: Timestamp(milliseconds: Int64(number) * 1_000 + skew), ada, bob)
        }
        try await store.write { transaction in
            for message in messages {
                let tokens = SearchTokenizer(in: Pair(ada, bob)).tokens(of: message.body ?? "")
                try transaction.execute(MessagesTable.insert(message))
                try transaction.execute(
                    MessagesQueries.index(messageId: message.id, tokens: tokens, seq: message.seq))
            }
            try transaction.execute(
                ConversationsTable.insert(
                    ConversationsRow(
                        lowId: ada, highId: bob, lastSeq: 120, lastMessageId: messages[119].id, lowDelivered: nil,
                        lowDeliveredShown: nil, lowRead: nil, lowShown: nil, lowUnread: nil, lowReceived: nil,
                        lowEvent: 1, highDelivered: nil, highDeliveredShown: nil, highRead: nil, highShown: nil,
                        highUnread: nil, highReceived: nil, highEvent: 1)))
        }
    }

    private static func row(
        _ seq: Int64, _ text: String, at time: Timestamp, _ ada: Identifier, _ bob: Identifier
    ) -> MessagesRow {
        MessagesRow(
            id: .make(), lowId: ada, highId: bob, seq: seq, clientMessageId: .make(), senderId: bob, recipientId: ada,
            body: text, replyToId: nil, createdAt: time, editedAt: nil, deletedAt: nil, sessionId: nil,
            mediaCount: nil, fingerprint: nil, reactions: nil, received: seq)
    }

    private static func user(_ id: Identifier) -> UsersRow {
        UsersRow(
            id: id, email: "", emailKey: "\(id)", passwordHash: "", displayName: "", about: nil, emailVerified: true,
            createdAt: .now(), updatedAt: .now(), lastSeenAt: nil, deletedAt: nil)
    }

    @Test(arguments: Engine.allCases) func findTheSameMessagesInTheSameOrder(engine: Engine) async throws {
        let (ada, bob) = (Identifier(high: 1, low: 1), Identifier(high: 1, low: 2))
        try await ProductStore.run(engine) { store in
            try await store.write { transaction in
                for id in [ada, bob] { try transaction.execute(UsersTable.insert(Self.user(id))) }
            }
            try await Self.fill(store, ada, bob)
            let all = try await store.all(MessagesTable.page(id: Identifier(high: 0, low: 0), limit: 200))
            for search in Self.searches {
                for (order, period) in [(MessageOrder.asc, nil), (.desc, nil), (.asc, 30_500...70_000)]
                    as [(MessageOrder, ClosedRange<Int64>?)]
                {
                    let input = ListMessages.Input(
                        with: bob, from: period.map { Timestamp(milliseconds: $0.lowerBound) },
                        to: period.map { Timestamp(milliseconds: $0.upperBound) }, search: search, order: order,
                        limit: 7, cursor: nil)
                    let page = PageRequest(input, viewer: ada)
                    let within = all.filter { page.isWithinPeriod($0.createdAt) }
                    for position in [nil, 60] as [Int64?] {
                        let found = try await store.read { transaction in
                            try [0, 10, 300].map {
                                try MessageSearch(
                                    of: page.searchTerms ?? "", on: page, from: position, nearMax: $0
                                ).hits(in: transaction)
                            }
                        }
                        #expect(found[1] == found[0], "\(search) \(order) \(String(describing: position))")
                        #expect(found[2] == found[0], "\(search) \(order) \(String(describing: position))")
                        let seqs = found[0].compactMap { id in within.first { $0.id == id }?.seq }
                        #expect(seqs.count == found[0].count, "\(search): all are within the period")
                        #expect(seqs == seqs.sorted { order == .asc ? $0 < $1 : $0 > $1 })
                    }
                }
            }
        }
    }
}
