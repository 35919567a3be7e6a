package import ParleyContract
package import SpecCore

/// Contacts of users, their aliases and blocks.
package struct Contacts: ContactsService {
    /// Maximum number of contacts of an account.
    static let contactsMax = 10_000

    private let store: any Store
    private let cursors: PageCursors
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, cursors: PageCursors, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.now = now
        self.cursors = cursors
    }

    package func listContacts(_ input: ListContacts.Input, _ context: Context) async throws -> ListContacts.Output {
        let page = ContactPage(input, owner: try context.signedIn().subject)
        let start = try cursors.start(of: input.cursor, scope: page.cursorScope) ?? Identifier(high: 0, low: 0)
        let found = try await store.read { try page.contacts(behind: start, in: $0) }
        let (shown, next) = cursors.page(of: found, limit: page.limit, scope: page.cursorScope, \.id)
        return .ok(ContactList(items: shown, nextCursor: next))
    }

    package func addContact(_ input: AddContact.Input, _ context: Context) async throws -> AddContact.Output {
        let owner = try context.signedIn().subject
        let contact = NewContact(input.body, owner: owner, at: now())
        let added = try await store.write { try contact.add(in: $0) }
        return .created(added)
    }

    /// Returns the contact as it is now.
    package func reloadAddContact(_ id: Identifier, _ context: Context) async throws -> AddContact.Output {
        let owner = try context.signedIn().subject
        let contact = try await store.read { try Contact.load([id], of: owner, in: $0)[id] }
        guard let contact else { throw Problem(.notFound, "The contact has been removed.") }
        return .created(contact)
    }

    package func updateContact(_ input: UpdateContact.Input, _ context: Context) async throws -> UpdateContact.Output {
        let owner = try context.signedIn().subject
        let change = ContactsQueries.change(
            ownerId: owner, contactId: input.contactId, setsAlias: input.body.alias != .absent,
            alias: input.body.alias.value.map(UserName.trimmed), status: input.body.status.stored)
        let event = LoggedEvent(.contactUpdated, subject: input.contactId, at: now())
        let contact = try await store.write { transaction in
            let before = try transaction.first(ContactsTable.find(id: input.contactId))
            guard let row = try transaction.first(change),
                let contact = try Contact.load([row], of: owner, in: transaction).first
            else { throw Problem(.notFound, "There is no such contact.") }
            try ContactNames.store(contact, in: transaction)
            if row.ownerName != before?.ownerName { try transaction.execute(Self.nameShown(of: owner)) }
            try transaction.emit(event, to: [owner])
            return contact
        }
        return .ok(contact)
    }

    /// The statement after the end of a block during which the owner was renamed: the other one sees the new name now.
    private static func nameShown(of owner: Identifier) -> Query<Void> { ContactsQueries.renameUser(userId: owner) }

    package func removeContact(_ input: RemoveContact.Input, _ context: Context) async throws -> RemoveContact.Output {
        let owner = try context.signedIn().subject
        let removal = ContactsQueries.remove(ownerId: owner, contactId: input.contactId)
        let event = LoggedEvent(.contactUpdated, subject: input.contactId, at: now())
        return try await store.write { transaction in
            guard let removed = try transaction.first(removal) else {
                throw Problem(.notFound, "There is no such contact.")
            }
            if removed.ownerName != nil { try transaction.execute(Self.nameShown(of: owner)) }
            try transaction.emit(event, to: [owner])
            return .noContent
        }
    }
}
