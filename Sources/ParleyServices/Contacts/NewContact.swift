import ParleyContract
import SpecCore

/// A contact to be added.
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
        let row = row(of: user)
        guard try transaction.execute(ContactsTable.insertIfAbsent(row)) == 1 else {
            throw Problem(.contactExists)
        }
        // Emitting locks the owner's log, so that concurrent additions are counted one after the other.
        try transaction.emit(LoggedEvent(.contactUpdated, subject: row.id, at: now), to: [owner])
        let count = try transaction.first(ContactsQueries.count(ownerId: owner))?.contacts ?? 0
        guard count <= Contacts.contactsMax else {
            throw Problem(.contactsFull, "An account has at most \(Contacts.contactsMax) contacts.")
        }
        return Contact(row, user: user)
    }

    /// Returns the profile of the requested user, as the owner may see it.
    private func user(in transaction: any Transaction) throws -> Profile {
        guard let id = try userId(in: transaction) else { throw Self.unknown }
        guard id != owner else {
            throw Problem(.recipientSelf, "You cannot add yourself as a contact.")
        }
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

    private func row(of user: Profile) -> ContactsRow {
        let (alias, status) =
            switch request {
            case .contactByUserId(let body): (body.alias.value, body.status.value)
            case .contactByEmail(let body): (body.alias.value, body.status.value)
            }
        let name = alias.map(UserName.trimmed)
        return ContactsRow(
            id: .make(at: now), ownerId: owner, userId: user.id, alias: name, status: (status ?? .active).stored,
            createdAt: now, ownerName: nil, names: NameSearch.stored(alias: name, displayName: user.displayName))
    }

    private static var unknown: Problem { Problem(.notFound, "There is no such user.") }
}
