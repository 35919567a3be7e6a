package import ParleyContract
package import SpecCore

/// Whom users know, and whom they have blocked.
package struct Contacts: ContactsService {
    /// How many contacts an account can have.
    static let contactsMax = 10_000

    private let store: any Store
    private let cursors: Cursors
    private let references: References
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, keys: ServerKeys, references: References, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.references = references
        self.now = now
        cursors = Cursors(keys: keys)
    }

    package func listContacts(_ input: ListContacts.Input, _ context: Context) async throws -> ListContacts.Output {
        let page = ContactPage(input, owner: try context.signedIn().subject)
        let start = try cursors.start(of: input.cursor, list: page.seal) ?? Identifier(high: 0, low: 0)
        let found = try await store.read { try page.contacts(behind: start, in: $0) }
        let (shown, next) = cursors.page(of: found, limit: page.limit, list: page.seal, \.id)
        let signer = references.signer(for: page.owner)
        return .ok(ContactList(items: shown.map { $0.signed(by: signer) }, nextCursor: next))
    }

    package func addContact(_ input: AddContact.Input, _ context: Context) async throws -> AddContact.Output {
        let owner = try context.signedIn().subject
        let contact = NewContact(input.body, owner: owner, at: now())
        let added = try await store.write { try contact.add(in: $0) }
        return .created(added.signed(by: references.signer(for: owner)))
    }

    package func updateContact(_ input: UpdateContact.Input, _ context: Context) async throws -> UpdateContact.Output {
        let owner = try context.signedIn().subject
        let change = ContactsQueries.change(
            ownerId: owner, contactId: input.contactId, setsAlias: input.body.alias != .absent,
            alias: input.body.alias.value, status: input.body.status.rawValue)
        let event = LoggedEvent(kind: .contactUpdated, subject: input.contactId, at: now())
        let contact = try await store.write { transaction in
            guard let row = try transaction.first(change),
                let contact = try Contact.load([row], of: owner, in: transaction).first
            else { throw Problem(UpdateContact.Problems.notFound, "There is no such contact.") }
            try EventLog.append(event, to: owner, in: transaction)
            return contact
        }
        return .ok(contact.signed(by: references.signer(for: owner)))
    }

    package func removeContact(_ input: RemoveContact.Input, _ context: Context) async throws -> RemoveContact.Output {
        let owner = try context.signedIn().subject
        let removal = ContactsQueries.remove(ownerId: owner, contactId: input.contactId)
        let event = LoggedEvent(kind: .contactUpdated, subject: input.contactId, at: now())
        return try await store.write { transaction in
            guard try transaction.execute(removal) == 1 else {
                throw Problem(RemoveContact.Problems.notFound, "There is no such contact.")
            }
            try EventLog.append(event, to: owner, in: transaction)
            return .noContent
        }
    }
}
