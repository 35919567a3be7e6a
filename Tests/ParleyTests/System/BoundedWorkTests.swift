import Logging
import ParleyContract
import SpecCore
import SpecServer
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the work of reads and marks among 100,000 messages of one conversation and 10,000 contacts of one user: it is
/// bounded by what is asked for, not by what is there.
@Suite(.timeLimit(.minutes(10))) struct BoundedWorkTests {
    private static let messagesCount: Int64 = 100_000
    private static let contactsCount: Int64 = 10_000

    /// Two users with many messages from Bob to Ada, a second apart, and many contacts of Ada.
    private struct House {
        let ada: Caller
        let bob: Caller
        let store: RowCounter
        let clock = TestClock()
        static let start = Timestamp(milliseconds: 1_700_000_000_000)
        let codes: HMACKeys
        private var cursors: PageCursors { PageCursors(authenticator: codes) }

        static func time(of number: Int64) -> Timestamp { start.adding(seconds: number) }

        private func context(_ operation: SpecCore.Operation, _ caller: Caller) -> Context {
            Context(
                operation: operation, requestID: "r1", caller: caller, address: "127.0.0.1",
                client: nil,
                logger: ProductStore.quiet)
        }

        /// Returns the numbers of the messages of a page.
        func list(
            _ order: MessageOrder = .desc, search: String? = nil, from: Timestamp? = nil, to: Timestamp? = nil
        ) async throws -> [Int64] {
            let messages = Messages(
                store: store, objects: MemoryObjects(), cursors: cursors, fingerprints: codes, now: { clock.now })
            let input = ListMessages.Input(
                with: bob.subject, from: from, to: to, search: search, order: order, limit: 50, cursor: nil)
            guard case .ok(let page) = try await messages.listMessages(input, context(ListMessages.operation, ada))
            else { return [] }
            return page.items.map(\.seq)
        }

        func contacts(_ search: String) async throws -> [String] {
            let contacts = Contacts(store: store, cursors: cursors, now: { clock.now })
            let input = ListContacts.Input(search: search, status: nil, limit: 50, cursor: nil)
            guard case .ok(let page) = try await contacts.listContacts(input, context(ListContacts.operation, ada))
            else { return [] }
            return page.items.map(\.user.displayName)
        }

        func conversations() async throws -> [Int64] {
            let conversations = Conversations(store: store, cursors: cursors)
            let input = ListConversations.Input(limit: 50, cursor: nil)
            guard
                case .ok(let page) = try await conversations.listConversations(
                    input, context(ListConversations.operation, ada))
            else { return [] }
            return page.items.map(\.unreadCount)
        }

        func read(_ number: Int64) async throws {
            let statuses = Statuses(store: store, now: { clock.now })
            let input = UpdateMessageStatus.Input(
                messageId: BoundedWorkTests.message(number), body: UpdateStatusRequest(status: .read))
            _ = try await statuses.updateMessageStatus(input, context(UpdateMessageStatus.operation, ada))
        }

        func delete(_ number: Int64) async throws {
            let messages = Messages(
                store: store, objects: MemoryObjects(), cursors: cursors, fingerprints: codes, now: { clock.now })
            _ = try await messages.deleteMessage(
                DeleteMessage.Input(messageId: BoundedWorkTests.message(number)), context(DeleteMessage.operation, bob))
        }
    }

    fileprivate static func message(_ number: Int64) -> Identifier { Identifier(high: 1, low: UInt64(number)) }

    // MARK: Data

    private static func run(_ engine: Engine, _ body: (House) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        let (ada, bob) = (Identifier(high: 2, low: 1), Identifier(high: 2, low: 2))
        try await ProductStore.run(at: url, Migrations.all) { store in
            try await fill(store, ada, bob)
            let counter =
                switch engine {
                case .sqlite: try RowCounter.sqlite(path: String(url.dropFirst("sqlite:".count)))
                case .postgres: RowCounter.postgres(store)
                }
            try await body(
                House(
                    ada: Caller(subject: ada, session: .make(), scheme: "bearer"),
                    bob: Caller(subject: bob, session: .make(), scheme: "bearer"), store: counter,
                    codes: ProductStore.codes()))
        }
    }

    private static func fill(_ store: any Store, _ ada: Identifier, _ bob: Identifier) async throws {
        for (id, name) in [(ada, "Ada"), (bob, "Bob")] { try await add(user(id, name), to: store) }
        let mark = String(SearchTokenizer(in: Pair(ada, bob)).tokens(of: "x").dropLast())
        let batch: Int64 = 20_000
        for start in stride(from: Int64(0), to: messagesCount, by: Int(batch)) {
            let ids = SQLList.identifiers((start + 1...start + batch).map(message))
            let values: [SQLValue] = [
                .list(ids), .integer(start), .identifier(ada), .identifier(bob), .timestamp(House.start),
            ]
            try await store.write { transaction in
                try transaction.execute(Query("test.messages", addMessages, values))
                try transaction.execute(
                    Query("test.tokens", addTokens, [.list(ids), .integer(start), .text(mark)]))
            }
        }
        try await addContacts(of: ada, to: store)
        let conversation = ConversationsRow(
            lowId: ada, highId: bob, lastSeq: messagesCount, lastMessageId: message(messagesCount),
            lowDelivered: nil, lowDeliveredShown: nil, lowRead: nil, lowShown: nil, lowUnread: messagesCount,
            lowReceived: messagesCount, lowEvent: 1, highDelivered: nil, highDeliveredShown: nil, highRead: nil,
            highShown: nil, highUnread: 0, highReceived: 0, highEvent: 1)
        _ = try await store.write { try $0.execute(ConversationsTable.insert(conversation)) }
        _ = try await store.write { try $0.execute(analyze) }
    }

    /// Every message has "hello number" and its number; one in 20 "often", one in 5,000 "rarely".
    private static let addMessages = SQLText(
        sqlite: """
            INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, created_at,
                received)
            SELECT value, ?3, ?4, ?2 + ordinal, value, ?4, ?3, 'hello number ' || (?2 + ordinal),
                ?5 + (?2 + ordinal) * 1000, ?2 + ordinal
            FROM spec_list(?1)
            """,
        postgres: """
            INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, created_at,
                received)
            SELECT value, $3::uuid, $4::uuid, $2::bigint + ordinal, value, $4::uuid, $3::uuid,
                'hello number ' || ($2::bigint + ordinal), $5::timestamptz + ($2::bigint + ordinal) * interval '1 second',
                $2::bigint + ordinal
            FROM unnest($1::uuid[]) WITH ORDINALITY AS made (value, ordinal)
            """)
    private static let addTokens = SQLText(
        sqlite: """
            INSERT INTO message_search (message_id, seq, tokens)
            SELECT value, ?2 + ordinal, ?3 || 'hello ' || ?3 || 'number ' || ?3 || (?2 + ordinal)
                || CASE WHEN (?2 + ordinal) % 20 = 0 THEN ' ' || ?3 || 'often' ELSE '' END
                || CASE WHEN (?2 + ordinal) % 5000 = 0 THEN ' ' || ?3 || 'rarely' ELSE '' END
            FROM spec_list(?1)
            """,
        postgres: """
            INSERT INTO message_search (message_id, seq, tokens)
            SELECT value, $2::bigint + ordinal,
                $3::text || 'hello ' || $3::text || 'number ' || $3::text || ($2::bigint + ordinal)
                || CASE WHEN ($2::bigint + ordinal) % 20 = 0 THEN ' ' || $3::text || 'often' ELSE '' END
                || CASE WHEN ($2::bigint + ordinal) % 5000 = 0 THEN ' ' || $3::text || 'rarely' ELSE '' END
            FROM unnest($1::uuid[]) WITH ORDINALITY AS made (value, ordinal)
            """)

    private static let analyze = Query("test.analyze", SQLText(sqlite: "ANALYZE", postgres: "ANALYZE"), [])

    private static func user(_ id: Identifier, _ name: String) -> UsersRow {
        UsersRow(
            id: id, email: "", emailKey: "\(id)", passwordHash: "", displayName: name, about: nil, emailVerified: true,
            createdAt: House.start, updatedAt: House.start, lastSeenAt: nil, deletedAt: nil)
    }

    private static func add(_ user: UsersRow, to store: any Store) async throws {
        _ = try await store.write { try $0.execute(UsersTable.insert(user)) }
    }

    private static func addContacts(of owner: Identifier, to store: any Store) async throws {
        let batch: Int64 = 2_000
        for start in stride(from: Int64(1), through: contactsCount, by: Int(batch)) {
            try await store.write { transaction in
                for number in start..<(start + batch) {
                    let user = user(Identifier(high: 3, low: UInt64(number)), "Person \(number)")
                    try transaction.execute(UsersTable.insert(user))
                    let names = NameSearch.stored(alias: nil, displayName: user.displayName)
                    try transaction.execute(
                        ContactsTable.insert(
                            ContactsRow(
                                id: Identifier(high: 4, low: UInt64(number)), ownerId: owner, userId: user.id,
                                alias: nil, status: .active, createdAt: House.start, ownerName: nil, names: names)))
                }
            }
        }
    }

    // MARK: Work

    /// The most work of an operation: rows on PostgreSQL, steps on SQLite.
    private static func most(_ rows: Int, _ engine: Engine) -> Int { engine == .postgres ? rows : rows * 40 }

    /// Runs an operation, checks its result and its work.
    private static func check<Result: Equatable>(
        _ what: String, _ house: House, rows: Int, _ engine: Engine, expecting expected: Result,
        _ body: () async throws -> Result
    ) async throws {
        _ = house.store.work()
        let result = try await body()
        let work = house.store.work()
        #expect(result == expected, "\(what)")
        #expect(work <= most(rows, engine), "\(what): \(work) on \(engine)")
        #expect(work > 0, "\(what) is counted")
    }

    @Test(arguments: Engine.allCases) func isBoundedByWhatIsAskedFor(engine: Engine) async throws {
        try await Self.run(engine) { house in
            try await reads(house, engine)
            try await searches(house, engine)
            try await marks(house, engine)
        }
    }

    private func reads(_ house: House, _ engine: Engine) async throws {
        let last = Self.messagesCount
        func check(
            _ what: String, _ expected: [Int64], _ body: () async throws -> [Int64]
        ) async throws { try await Self.check(what, house, rows: 400, engine, expecting: expected, body) }
        try await check("newest", Array((last - 49...last).reversed())) { try await house.list() }
        try await check("oldest", Array(1...50)) { try await house.list(.asc) }
        let (start, end) = (House.time(of: 50_000), House.time(of: 50_010))
        try await check("from", Array(50_000..<50_050)) { try await house.list(.asc, from: start) }
        try await check("to", Array((49_950..<50_000).reversed())) { try await house.list(to: start) }
        try await check("from, to", Array((50_000..<50_010).reversed())) { try await house.list(from: start, to: end) }
        try await check("nothing", []) { try await house.list(from: House.time(of: last + 1)) }
        try await check("conversations", [last]) { try await house.conversations() }
    }

    private func searches(_ house: House, _ engine: Engine) async throws {
        let last = Self.messagesCount
        func check(
            _ what: String, rows: Int, _ expected: [Int64], _ body: () async throws -> [Int64]
        ) async throws { try await Self.check(what, house, rows: rows, engine, expecting: expected, body) }
        let start = House.time(of: 50_000)
        try await check("in all", rows: 1_300, Array((last - 49...last).reversed())) {
            try await house.list(search: "hello")
        }
        try await check("in all, from a time", rows: 1_500, Array(50_000..<50_050)) {
            try await house.list(.asc, search: "number hel", from: start)
        }
        try await check("in few", rows: 1_500, (1...20).reversed().map { $0 * 5_000 }) {
            try await house.list(search: "rarely")
        }
        try await check("in some", rows: 7_000, (0..<50).map { last - $0 * 20 }) {
            try await house.list(search: "often")
        }
        try await check("in none", rows: 1_300, []) { try await house.list(search: "hello nowhere") }
        let one = ["Person 777"]
        try await Self.check("one contact", house, rows: 10_500, engine, expecting: one) {
            try await house.contacts("777 person").filter { $0 == one[0] }
        }
        try await Self.check("no contact", house, rows: 10_500, engine, expecting: []) {
            try await house.contacts("nobody")
        }
        // PostgreSQL, which knows of one owner only, sorts all contacts instead of reading them in their order.
        try await Self.check("all contacts", house, rows: engine == .postgres ? 10_500 : 1_000, engine, expecting: 50) {
            try await house.contacts("person").count
        }
    }

    private func marks(_ house: House, _ engine: Engine) async throws {
        let last = Self.messagesCount
        for number in [3, 49_999, 70_000] as [Int64] { try await house.delete(number) }
        for (number, unread) in [(1, last - 4), (50_000, last - 50_001), (50_001, last - 50_002), (last, 0)] {
            try await Self.check("mark \(number)", house, rows: 60, engine, expecting: [unread]) {
                try await house.read(number)
                return try await house.conversations()
            }
        }
    }
}
