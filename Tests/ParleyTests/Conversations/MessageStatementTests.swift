import Logging
import ParleyContract
import ParleyServices
import SpecCore
import SpecServer
import SpecStorage
import TestSupport
import Testing

/// Tests of the number of statements per operation, which must not grow with the data.
@Suite(.timeLimit(.minutes(10))) struct MessageStatementTests {
    /// Two users with sixty messages, all with reactions, on a counting store.
    private struct House {
        let store: CountingStore
        let codes: HMACKeys
        let ada = Caller(subject: .make(), session: .make(), scheme: "bearer")
        let bob = Caller(subject: .make(), session: .make(), scheme: "bearer")
        let clock = TestClock()
        var messages: Messages {
            Messages(
                store: store, objects: MemoryObjects(), cursors: PageCursors(authenticator: codes), fingerprints: codes,
                now: { clock.now })
        }
        var reactions: Reactions { Reactions(store: store, now: { clock.now }) }

        func context(_ caller: Caller) -> Context {
            Context(
                operation: ListMessages.operation, requestID: "r1", caller: caller, address: "127.0.0.1",
                client: nil,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        func fill() async throws -> [Message] {
            for (caller, name) in [(ada, "Ada"), (bob, "Bob")] {
                let row = UsersRow(
                    id: caller.subject, email: name, emailKey: name, passwordHash: "", displayName: name, about: nil,
                    emailVerified: false, createdAt: .now(), updatedAt: .now(), lastSeenAt: nil, deletedAt: nil)
                _ = try await store.write { try $0.execute(UsersTable.insert(row)) }
            }
            var sent: [Message] = []
            for number in 1...60 {
                let body = SendMessageRequest(
                    recipientId: bob.subject, clientMessageId: .make(), text: .value("word \(number)"))
                guard case .created(let message) = try await messages.sendMessage(.init(body: body), context(ada))
                else { continue }
                sent.append(message)
                let reaction = AddReactionRequest(emoji: "👍")
                _ = try await reactions.addReaction(
                    .init(messageId: message.id, body: reaction), context(number % 2 == 0 ? ada : bob))
            }
            _ = store.statements()
            return sent
        }
    }

    private func inHouse(_ body: (House, [Message]) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(
            path: folder.path + "/parley.db", migrations: Migrations.all, eventLog: FrameworkTables.eventLog)
        let house = try House(store: CountingStore(store), codes: ProductStore.codes())
        try await body(house, try await house.fill())
        try await store.close()
    }

    @Test func readsAPageWithOneStatement() async throws {
        try await inHouse { house, _ in
            let input = ListMessages.Input(with: house.bob.subject)
            guard case .ok(let page) = try await house.messages.listMessages(input, house.context(house.ada)) else {
                return
            }
            #expect(page.items.count == 50)
            #expect(page.items.allSatisfy { $0.reactions.count == 1 })
            #expect(house.store.statements() == ["messages.pageDown"])
        }
    }

    @Test func searchesFewMessagesWithThreeStatements() async throws {
        try await inHouse { house, _ in
            let input = ListMessages.Input(with: house.ada.subject, search: "wo", order: .asc)
            guard case .ok(let page) = try await house.messages.listMessages(input, house.context(house.bob)) else {
                return
            }
            #expect(page.items.count == 50)
            #expect(house.store.statements() == ["conversations.find", "messages.matches", "messages.views"])
        }
    }

    @Test func readsConversationsWithThreeStatements() async throws {
        try await inHouse { house, _ in
            let conversations = Conversations(
                store: house.store, cursors: PageCursors(authenticator: house.codes))
            guard case .ok(let page) = try await conversations.listConversations(.init(), house.context(house.bob))
            else {
                Issue.record("no page was returned")
                return
            }
            #expect(page.items.map(\.unreadCount) == [60])
            #expect(house.store.statements() == ["conversations.page", "users.profiles", "messages.views"])
        }
    }

    @Test func readsTheLogWithFiveStatements() async throws {
        try await inHouse { house, _ in
            let feed = EventFeed(store: house.store)
            guard case .ok(let page) = try await feed.sync(.init(limit: 500), house.context(house.bob)) else {
                Issue.record("no page was returned")
                return
            }
            #expect(page.items.count == 120)
            #expect(
                house.store.statements() == [
                    "events.behind", "messages.views", "reactions.some", "accounts.me", "settings.find",
                ])
        }
    }

    @Test func readsSixtyMessagesAsReadWithTheStatementsOfOne() async throws {
        try await inHouse { house, sent in
            let statuses = Statuses(store: house.store, now: { house.clock.now })
            let input = UpdateMessageStatus.Input(
                messageId: sent[59].id, body: UpdateStatusRequest(status: .read))
            _ = try await statuses.updateMessageStatus(input, house.context(house.bob))
            #expect(
                house.store.statements() == [
                    "messages.find", "conversations.find", "contacts.findByOwnerIdAndUserId", "settings.find",
                    "conversations.passUnreadDeletions", "conversations.update", "status_steps.insertIfAbsent",
                    "status_steps.insertIfAbsent", "emit", "statuses.first", "statuses.first",
                ])
        }
    }
}
