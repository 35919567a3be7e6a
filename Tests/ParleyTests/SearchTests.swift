import SpecCore
import TestSupport
import Testing

/// Finding messages by their words, over HTTP.
@Suite struct SearchTests {
    /// A text, what finds it, and what does not.
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
                // What is left without its signs: one word of the text, or nothing that occurs.
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
            var cursor: String?
            repeat {
                let query =
                    [("search", "odd"), ("limit", "2"), ("order", order)] + (cursor.map { [("cursor", $0)] } ?? [])
                let page = try await server.list(bob, with: ada, query).json
                let items = page["items"].items
                seen += items.compactMap { $0["seq"].integer }
                cursor = page["nextCursor"].string
                if order == "desc" { _ = try await server.sent(from: bob, to: ada, "odd later") }
                // The message at which a page ended may be gone when the next one is asked for.
                if let last = items.last?["id"].string { _ = try await server.delete(last, by: ada) }
            } while cursor != nil
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
