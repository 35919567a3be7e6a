package import ParleyContract
package import SpecCore

/// Messages between two users: send, read, edit, delete.
package struct Messages: MessagesService {
    private let store: any Store
    private let files: FileRemoval
    private let fingerprints: any MessageAuthenticator
    private let cursors: PageCursors
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, cursors: PageCursors, fingerprints: any MessageAuthenticator,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        files = FileRemoval(store: store, objects: objects)
        self.fingerprints = fingerprints
        self.cursors = cursors
        self.now = now
    }

    // MARK: Write

    package func sendMessage(_ input: SendMessage.Input, _ context: Context) async throws -> SendMessage.Output {
        let caller = try context.signedIn()
        let message = OutgoingMessage(input.body, from: caller, fingerprints: fingerprints, at: now())
        try message.check()
        return try await message.send(to: store)
    }

    package func editMessage(_ input: EditMessage.Input, _ context: Context) async throws -> EditMessage.Output {
        let change = MessageChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        let edited = try await store.write { try change.edit(input.body.text, in: $0) }
        return .ok(edited)
    }

    package func deleteMessage(_ input: DeleteMessage.Input, _ context: Context) async throws -> DeleteMessage.Output {
        let change = MessageChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        let removed = try await store.write { try change.delete(in: $0) }
        await files.removeBytes(of: removed, logger: context.logger)
        return .noContent
    }

    // MARK: Read

    package func listMessages(_ input: ListMessages.Input, _ context: Context) async throws -> ListMessages.Output {
        let page = PageRequest(input, viewer: try context.signedIn().subject)
        let found = try await messages(of: page, from: cursors.start(of: input.cursor, scope: page.cursorScope))
        let (shown, next) = cursors.page(of: found, limit: page.limit, scope: page.cursorScope, \.seq)
        return .ok(MessageList(items: shown, nextCursor: next))
    }

    private func messages(of page: PageRequest, from position: Int64?) async throws -> [Message] {
        if let terms = page.searchTerms {
            guard !terms.isEmpty else { return [] }
            return try await store.read { transaction in
                let hits = try MessageSearch(of: terms, on: page, from: position).hits(in: transaction)
                return try Message.load(hits, for: page.viewer, in: transaction)
            }
        }
        var range = PositionRange.all
        if page.hasPeriod {
            guard let period = try await store.first(page.edges).flatMap(PositionRange.init(_:)) else { return [] }
            range = period
        }
        guard let rest = page.range(range, from: position) else { return [] }
        return page.ordered(try await read(page.query(rest), for: page.viewer))
    }

    package func getMessage(_ input: GetMessage.Input, _ context: Context) async throws -> GetMessage.Output {
        let viewer = try context.signedIn().subject
        let found = try await read(MessagesQueries.view(messageId: input.messageId), for: viewer)
        guard let message = found.first, message.senderId == viewer || message.recipientId == viewer else {
            throw Problem(.notFound, "There is no such message.")
        }
        return .ok(message)
    }

    /// Reads messages and their files, in at most two reads; in between, files can only be deleted with their message.
    private func read(_ query: Query<MessagesQueries.ViewRow>, for viewer: Identifier) async throws -> [Message] {
        let rows = try await store.all(query)
        guard let files = rows.filesQuery else { return try Message.list(rows, files: [], for: viewer) }
        return try Message.list(rows, files: try await store.all(files), for: viewer)
    }
}
