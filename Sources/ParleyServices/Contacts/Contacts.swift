package import ParleyContract
package import SpecCore

/// Whom users know, and whom they have blocked.
package struct Contacts: ContactsService {
    /// How many contacts an account can have.
    static let contactsMax = 10_000

    private let store: any Store
    private let cursors: Cursors
    private let references: References

    package init(store: any Store, keys: ServerKeys, references: References) {
        self.store = store
        self.references = references
        cursors = Cursors(keys: keys)
    }

    package func listContacts(_ input: ListContacts.Input, _ context: Context) async throws -> ListContacts.Output {
        let page = ContactPage(input, owner: try context.signedIn().subject)
        let start = try input.cursor.map { cursor in
            guard let position = cursors.identifier(in: cursor, list: page.seal) else {
                throw Problem(ListContacts.Problems.cursorInvalid, "The cursor is not from this list.")
            }
            return position
        }
        let found = try await store.read { transaction in
            try page.contacts(behind: start ?? Identifier(high: 0, low: 0), in: transaction)
        }
        let shown = found.prefix(page.limit)
        let next =
            found.count > page.limit ? shown.last.map { cursors.make(position: $0.id, list: page.seal) } : nil
        return .ok(ContactList(items: shown.map { $0.signed(by: references) }, nextCursor: next))
    }

    package func addContact(_ input: AddContact.Input, _ context: Context) async throws -> AddContact.Output {
        let contact = NewContact(input.body, owner: try context.signedIn().subject, at: .now())
        return .created(try await store.write { try contact.add(in: $0) }.signed(by: references))
    }

    package func updateContact(_ input: UpdateContact.Input, _ context: Context) async throws -> UpdateContact.Output {
        let owner = try context.signedIn().subject
        let change = ContactsQueries.change(
            ownerId: owner, contactId: input.contactId, setsAlias: input.body.alias != .absent,
            alias: input.body.alias.value, status: input.body.status.rawValue)
        let event = LoggedEvent(kind: .contactUpdated, subject: input.contactId, at: .now())
        let contact = try await store.write { transaction in
            guard let row = try transaction.first(change),
                let contact = try Contact.load([row], of: owner, in: transaction).first
            else { throw Problem(UpdateContact.Problems.notFound, "There is no such contact.") }
            try EventLog.append(event, to: owner, in: transaction)
            return contact
        }
        return .ok(contact.signed(by: references))
    }

    package func removeContact(_ input: RemoveContact.Input, _ context: Context) async throws -> RemoveContact.Output {
        let owner = try context.signedIn().subject
        let removal = ContactsQueries.remove(ownerId: owner, contactId: input.contactId)
        let event = LoggedEvent(kind: .contactUpdated, subject: input.contactId, at: .now())
        return try await store.write { transaction in
            guard try transaction.execute(removal) == 1 else {
                throw Problem(RemoveContact.Problems.notFound, "There is no such contact.")
            }
            try EventLog.append(event, to: owner, in: transaction)
            return .noContent
        }
    }
}
