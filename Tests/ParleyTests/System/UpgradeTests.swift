import Foundation
import GRDB
import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// Upgrades of a database of an earlier release: `Tests/Fixtures/Release9`.
@Suite(.timeLimit(.minutes(10))) struct UpgradeTests {
    private static let ada = identifier("1")
    private static let bob = identifier("2")

    /// The fixture's ids repeat one digit.
    private static func identifier(_ digit: String) -> Identifier {
        let text = "\(repeated(digit, 8))-\(repeated(digit, 4))-7\(repeated(digit, 3))-8\(repeated(digit, 3))-"
        return Identifier(text + repeated(digit, 12)) ?? Identifier(high: 0, low: 0)
    }

    private static func repeated(_ digit: String, _ count: Int) -> String { String(repeating: digit, count: count) }

    /// The fixture's text for an engine.
    private static func text(_ engine: Engine) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/Release9")
        return try String(contentsOf: folder.appending(path: "database.\(engine.rawValue).sql"), encoding: .utf8)
    }

    private static func fill(_ url: String, _ engine: Engine) throws {
        switch engine {
        case .sqlite:
            let queue = try DatabaseQueue(path: String(url.dropFirst("sqlite:".count)))
            try queue.writeWithoutTransaction { try $0.execute(sql: try text(.sqlite)) }
            try queue.close()
        case .postgres:
            try PostgresConnection(plain: PostgresAddress(url)).execute(try text(.postgres))
        }
    }

    private static func drift(_ url: String, _ engine: Engine) async throws -> [String] {
        let (migrations, schema) = (Migrations.all, Migrations.schema)
        return switch engine {
        case .sqlite:
            try SQLiteStore.drift(
                path: String(url.dropFirst("sqlite:".count)), migrations: migrations, schema: schema)
        case .postgres: try await PostgresStore.drift(PostgresAddress(url), migrations: migrations, schema: schema)
        }
    }

    @Test(arguments: Engine.allCases) func upgradesADatabaseOfAnEarlierRelease(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        try Self.fill(url, engine)
        #expect(try await Self.drift(url, engine).contains("the migration 0012-message-status is missing"))
        try await ProductStore.run(at: url, Migrations.all) { store in
            let first = try #require(try await store.first(MessagesTable.find(id: Self.identifier("3"))))
            #expect(first.body == "hello old world")
            #expect(first.createdAt == Timestamp(milliseconds: 1_764_000_000_001))
            let steps = try await store.all(
                StatusStepsTable.page(
                    lowId: Self.ada, highId: Self.bob, userId: Self.ada, status: .delivered, upToSeq: 0, limit: 9))
            #expect(steps.map(\.status) == [.read])
            #expect(try await store.first(SettingsTable.find(userId: Self.ada))?.lastSeenVisibility == .contacts)
            #expect(try await store.first(ContactsTable.find(id: Self.identifier("8")))?.status == .blocked)
            #expect(try await store.all(EventsQueries.behind(userId: Self.bob, after: 0, limit: 9)).count == 2)
            try await checkCopies(in: store)
        }
        #expect(try await Self.drift(url, engine) == [])
    }

    /// Checks what migration 0013 derives from the rows that are there.
    private func checkCopies(in store: any Store) async throws {
        let find = ConversationsTable.find(lowId: Self.ada, highId: Self.bob)
        let conversation = try #require(try await store.first(find))
        let messages = try await store.all(MessagesTable.page(id: Identifier(high: 0, low: 0), limit: 9))
        for user in [Self.ada, Self.bob] {
            let numbers = messages.filter { $0.recipientId == user }.sorted { $0.seq < $1.seq }.map(\.received)
            #expect(numbers == (0..<numbers.count).map { Int64($0 + 1) })
            let count = user == Self.ada ? conversation.lowReceived : conversation.highReceived
            #expect(count ?? 0 == Int64(numbers.count))
        }
        #expect([conversation.lowEvent, conversation.highEvent] == [0, 0])
        for message in messages {
            let search = try await store.first(MessageSearchTable.find(messageId: message.id))
            #expect(search == nil || search?.seq == message.seq)
        }
        // The names of contacts are filled in the background.
        let renames = try await store.all(RenamesTable.page(userId: Identifier(high: 0, low: 0), limit: 9))
        #expect(renames.map(\.userId) == [Self.ada])
    }
}
