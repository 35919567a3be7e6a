package import ParleyContract
package import SpecCore

/// Messages between two users: sent, read, changed, deleted.
package struct Messages: MessagesService {
    private let store: any Store
    private let keys: ServerKeys
    private let cursors: Cursors
    private let references: References
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, keys: ServerKeys, references: References, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.references = references
        self.keys = keys
        cursors = Cursors(keys: keys)
        self.now = now
    }

    // MARK: Write

    package func sendMessage(_ input: SendMessage.Input, _ context: Context) async throws -> SendMessage.Output {
        let caller = try context.signedIn()
        let draft = Draft(input.body, from: caller, keys: keys, at: now())
        try draft.check()
        return try await draft.send(to: store).signed(by: references.signer(for: caller.subject))
    }

    package func editMessage(_ input: EditMessage.Input, _ context: Context) async throws -> EditMessage.Output {
        let change = MessageChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        let edited = try await store.write { try change.edit(input.body.text, in: $0) }
        return .ok(edited.signed(by: references.signer(for: change.user)))
    }

    package func deleteMessage(_ input: DeleteMessage.Input, _ context: Context) async throws -> DeleteMessage.Output {
        let change = MessageChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        try await store.write { try change.delete(in: $0) }
        return .noContent
    }

    // MARK: Read

    package func listMessages(_ input: ListMessages.Input, _ context: Context) async throws -> ListMessages.Output {
        let page = PageRequest(input, viewer: try context.signedIn().subject)
        let found = try await messages(of: page, from: cursors.start(of: input.cursor, list: page.seal))
        let (shown, next) = cursors.page(of: found, limit: page.limit, list: page.seal, \.seq)
        let signer = references.signer(for: page.viewer)
        return .ok(MessageList(items: shown.signed(by: signer), nextCursor: next))
    }

    private func messages(of page: PageRequest, from position: Int64?) async throws -> [Message] {
        guard let terms = page.terms else {
            return page.ordered(try await read(page.query(from: position), for: page.viewer))
        }
        guard !terms.isEmpty else { return [] }
        return try await store.read { transaction in
            let hits = try transaction.all(page.hits(of: terms, from: position))
            return try Message.load(hits.map(\.id), for: page.viewer, in: transaction)
        }
    }

    package func getMessage(_ input: GetMessage.Input, _ context: Context) async throws -> GetMessage.Output {
        let viewer = try context.signedIn().subject
        let found = try await read(MessagesQueries.view(messageId: input.messageId), for: viewer)
        guard let message = found.first, message.senderId == viewer || message.recipientId == viewer else {
            throw Problem(GetMessage.Problems.notFound, "There is no such message.")
        }
        return .ok(message.signed(by: references.signer(for: viewer)))
    }

    /// Two reads at most, each by itself: between them files can only go, with their message.
    private func read(_ query: Query<MessagesQueries.ViewRow>, for viewer: Identifier) async throws -> [Message] {
        let rows = try await store.all(query)
        guard let files = rows.filesQuery else { return try Message.list(rows, files: [], for: viewer) }
        return try Message.list(rows, files: try await store.all(files), for: viewer)
    }
}
