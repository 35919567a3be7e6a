import SpecCore
import TestSupport
import Testing

/// Tests of emoji reactions to messages, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct ReactionTests {
    @Test func putsAnEmojiThatBothSidesSee() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            let first = try await server.react(to: id, by: bob)
            #expect(first.status == 201)
            #expect(first.json["userId"].string == bob.id)
            let second = try await server.react(to: id, by: ada, "❤️")
            for viewer in [ada, bob] {
                let seen = try await server.read(id, by: viewer).json
                #expect(seen["reactions"] == [first.json, second.json])
                #expect(try await server.list(viewer, with: viewer.id == ada.id ? bob : ada).json["items"] == [seen])
            }
            let again = try await server.react(to: id, by: bob)
            #expect(again.status == 200)
            #expect(again.json == first.json)
            #expect(try await server.events(of: ada) == ["message:new", "reaction:added", "reaction:added"])
        }
    }

    @Test func takesAnEmojiBackAndPutsItAgain() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            let reaction = try await server.react(to: id, by: bob).json["id"].string ?? ""
            #expect(try await server.unreact(reaction, to: id, by: ada).code == "forbidden")
            #expect(try await server.unreact(reaction, to: id, by: bob).status == 204)
            #expect(try await server.unreact(reaction, to: id, by: bob).code == "not-found")
            #expect(try await server.read(id, by: ada).json["reactions"] == [])
            let again = try await server.react(to: id, by: bob)
            #expect(again.status == 201)
            let heard = try await server.sync(ada).json["items"].items
            #expect(
                heard.compactMap { $0["event"].string }
                    == ["message:new", "reaction:added", "reaction:removed", "reaction:added"])
            #expect(heard[3]["data"] == again.json)
            #expect(heard[2]["data"]["emoji"] == "👍")
        }
    }

    @Test func bearsTwentyKindsAtMost() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            for offset in 0..<20 {
                let emoji = String(Character(Unicode.Scalar(0x1F600 + UInt32(offset))!))
                #expect(try await server.react(to: id, by: ada, emoji).status == 201)
            }
            let full = try await server.react(to: id, by: bob, "👍")
            #expect(full.status == 422)
            #expect(full.code == "reactions-full")
            // An emoji that the message already has is not another kind.
            #expect(try await server.react(to: id, by: bob, "😀").status == 201)
        }
    }

    /// Emojis as sent, and as stored.
    private static let emojis = [
        ("👍", "👍"), ("👍🏽", "👍🏽"), ("❤️", "❤️"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("👩🏽‍❤️‍💋‍👨🏻", "👩🏽‍❤️‍💋‍👨🏻"), ("🇩🇪", "🇩🇪"), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"), ("1️⃣", "1️⃣"),
        ("☺️", "☺️"), ("🏳️‍🌈", "🏳️‍🌈"), ("©️", "©️"), ("\u{2764}\u{200D}\u{1F525}", "\u{2764}\u{FE0F}\u{200D}\u{1F525}"),
        ("#\u{20E3}", "#\u{FE0F}\u{20E3}"), ("\u{1F44E}\u{FE0F}", "\u{1F44E}"),
        ("\u{261D}\u{1F3FD}", "\u{261D}\u{1F3FD}"),
    ]

    @Test func takesEmojisOfAllKinds() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            for (typed, kept) in Self.emojis {
                let reply = try await server.react(to: id, by: bob, typed)
                #expect(reply.status == 201, "\(typed)")
                #expect(reply.json["emoji"].string.map { Array($0.unicodeScalars) } == Array(kept.unicodeScalars))
            }
        }
    }

    @Test func takesTwoSpellingsOfAnEmojiForOne() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            let first = try await server.react(to: id, by: bob, "\u{2764}")
            #expect(first.status == 201)
            let again = try await server.react(to: id, by: bob, "\u{2764}\u{FE0F}")
            #expect(again.status == 200)
            #expect(again.json == first.json)
        }
    }

    private static let others = [
        "", "a", "1", "👍👍", "👍 ", "🇩", "🇩🇪🇫", "\u{200D}", "\u{FE0F}", "👍\u{200D}", "é", "世", "#", "\u{0}",
        // Letters that are not a country, a modifier alone, parts of keycaps, joins without a glyph, unknown regions.
        "🇩🇽", "🇦🇦", "🏽", "1\u{FE0F}", "\u{20E3}", "a\u{20E3}", "👍\u{200D}👍", "\u{2764}\u{200D}\u{2764}", "👍🏽🏽", "🐶🏽",
        "\u{1F3F4}\u{E0061}\u{E0061}\u{E0061}\u{E0061}\u{E0061}\u{E007F}",
    ]

    @Test func saysWhatAnEmojiIsInWords() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            let reply = try await server.react(to: id, by: bob, "a")
            #expect(
                reply.json["errors"].items == [
                    [
                        "pointer": "/emoji", "code": "pattern",
                        "detail":
                            "Expected: One emoji of the Unicode standard; stored fully qualified, so that ❤ becomes ❤️.",
                    ]
                ])
        }
    }

    @Test func refusesWhatIsNotOneEmoji() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.sent(from: ada, to: bob)
            for text in Self.others {
                let reply = try await server.react(to: id, by: bob, text)
                #expect(reply.status == 400, "\(text)")
                #expect(reply.json["errors"][0]["pointer"] == "/emoji", "\(text)")
            }
        }
    }
}
