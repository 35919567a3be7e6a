package import ParleyContract
package import SpecCore

/// Sends messages between two users and reads them back.
package struct Messages: MessagesService {
    private let store: any Store
    private let cursors: Cursors

    package init(store: any Store, keys: ServerKeys) {
        self.store = store
        cursors = Cursors(keys: keys)
    }

    // MARK: Send

    package func sendMessage(_ input: SendMessage.Input, _ context: Context) async throws -> SendMessage.Output {
        let sender = try context.signedIn()
        let draft = Draft(input.body, from: sender, at: .now())
        guard draft.recipient != sender.subject else {
            throw Problem(SendMessage.Problems.recipientSelf, "A message goes to somebody else.")
        }
        return try await store.write { try draft.send(in: $0) }
    }

    // MARK: Read

    package func listMessages(_ input: ListMessages.Input, _ context: Context) async throws -> ListMessages.Output {
        let caller = try context.signedIn().subject
        let page = PageRequest(input, caller: caller)
        let start = try input.cursor.map { cursor in
            guard let position = cursors.position(in: cursor, list: page.seal) else {
                throw Problem(ListMessages.Problems.cursorInvalid, "The cursor is not from this list.")
            }
            return position
        }
        let rows = try await store.all(page.query(from: start))
        let shown = rows.prefix(page.limit)
        let next = rows.count > page.limit ? shown.last.map { cursors.make(position: $0.seq, list: page.seal) } : nil
        return .ok(MessageList(items: shown.map { Message($0) }, nextCursor: next))
    }

    package func getMessage(_ input: GetMessage.Input, _ context: Context) async throws -> GetMessage.Output {
        let caller = try context.signedIn().subject
        let row = try await store.first(MessagesTable.find(id: input.messageId))
        guard let row, row.senderId == caller || row.recipientId == caller else {
            throw Problem(GetMessage.Problems.notFound, "There is no such message.")
        }
        return .ok(Message(row))
    }
}
