import ParleyContract
import SpecCore

extension ContactStatus {
    /// The status of a row.
    init(_ stored: ContactsRow.Status) {
        switch stored {
        case .active: self = .active
        case .blocked: self = .blocked
        }
    }

    /// The status as it is stored.
    var stored: ContactsRow.Status {
        switch self {
        case .active: .active
        case .blocked: .blocked
        }
    }
}

extension Contact {
    /// The contact of a row, with the profile that the owner may see.
    init(_ row: ContactsRow, user: Profile) {
        self.init(
            id: row.id, user: user, alias: row.alias, status: ContactStatus(row.status), createdAt: row.createdAt)
    }

    /// Returns the contacts for the rows of one owner, in their order.
    ///
    /// - Parameter search: filters the contacts by what the owner sees of them.
    static func load(
        _ rows: [ContactsRow], of owner: Identifier, matching search: NameSearch? = nil,
        in transaction: any Transaction
    ) throws -> [Contact] {
        guard !rows.isEmpty else { return [] }
        let users = try Profile.load(rows.map(\.userId), for: owner, in: transaction)
        return rows.compactMap { row in
            guard let user = users[row.userId] else { return nil }
            return search?.matches([row.alias ?? "", user.displayName]) ?? true ? Contact(row, user: user) : nil
        }
    }

    /// Returns those of the ids that are contacts of the owner now, as the payload of `contact:updated`. A missing one
    /// was removed: a ``RemovedContact``.
    static func load(
        _ ids: [Identifier], of owner: Identifier, in transaction: any Transaction
    ) throws -> [Identifier: Contact] {
        let rows = try transaction.all(ContactsQueries.some(ownerId: owner, ids: ids))
        let contacts = try load(rows, of: owner, in: transaction)
        return Dictionary(contacts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
