import ParleyContract
import SpecCore

/// A contact on its way into the store.
struct NewContact: Sendable {
    private let owner: Identifier
    private let request: AddContactRequest
    private let now: Timestamp

    init(_ request: AddContactRequest, owner: Identifier, at now: Timestamp) {
        self.request = request
        self.owner = owner
        self.now = now
    }

    /// Stores the contact with its event.
    func add(in transaction: any Transaction) throws -> Contact {
        let user = try user(in: transaction)
        let row = row(of: user.id)
        guard try transaction.execute(ContactsTable.insertIfAbsent(row)) == 1 else {
            throw Problem(AddContact.Problems.contactExists, "This user is a contact already.")
        }
        // The event holds the owner's log, so that additions at the same time are counted one after the other.
        let event = LoggedEvent(kind: .contactUpdated, subject: row.id, at: now)
        try EventLog.append(event, to: owner, in: transaction)
        let count = try transaction.first(ContactsQueries.count(ownerId: owner))?.contacts ?? 0
        guard count <= Contacts.contactsMax else {
            throw Problem(AddContact.Problems.contactsFull, "An account has at most \(Contacts.contactsMax) contacts.")
        }
        return Contact(row, user: user)
    }

    /// Whom the request means, as the owner may see them.
    private func user(in transaction: any Transaction) throws -> Profile {
        guard let id = try userId(in: transaction) else { throw Self.unknown }
        guard id != owner else { throw Problem(AddContact.Problems.recipientSelf, "A contact is somebody else.") }
        guard let user = try Profile.find(id, for: owner, in: transaction) else { throw Self.unknown }
        return user
    }

    private func userId(in transaction: any Transaction) throws -> Identifier? {
        switch request {
        case .contactByUserId(let body): return body.userId
        case .contactByEmail(let body):
            let key = EmailKey.of(body.email)
            return try transaction.first(UsersQueries.findable(viewerId: owner, emailKey: key))?.id
        }
    }

    private func row(of user: Identifier) -> ContactsRow {
        let (alias, status) =
            switch request {
            case .contactByUserId(let body): (body.alias.value, body.status.value)
            case .contactByEmail(let body): (body.alias.value, body.status.value)
            }
        return ContactsRow(
            id: .make(at: now), ownerId: owner, userId: user, alias: alias, status: (status ?? .active).rawValue,
            createdAt: now, ownerName: nil)
    }

    private static var unknown: Problem { Problem(AddContact.Problems.notFound, "There is no such user.") }
}
