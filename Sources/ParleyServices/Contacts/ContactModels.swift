import ParleyContract
import SpecCore

extension Contact {
    /// The contact of a row, with its user as the owner may see them.
    init(_ row: ContactsRow, user: Profile) {
        self.init(
            id: row.id, user: user, alias: row.alias, status: ContactStatus(rawValue: row.status) ?? .active,
            createdAt: row.createdAt)
    }

    /// The contacts of rows of one owner, in their order.
    static func load(
        _ rows: [ContactsRow], of owner: Identifier, in transaction: any Transaction
    ) throws -> [Contact] {
        let profiles = try Profile.load(rows.map(\.userId), for: owner, in: transaction)
        return rows.compactMap { row in profiles[row.userId].map { Contact(row, user: $0) } }
    }

    /// Those of the ids that are contacts of the owner now: what `contact:updated` tells of. One that is missing was
    /// removed: a ``RemovedContact``.
    static func load(
        _ ids: [Identifier], of owner: Identifier, in transaction: any Transaction
    ) throws -> [Identifier: Contact] {
        let rows = try transaction.all(ContactsQueries.some(ownerId: owner, ids: ids.packed))
        let contacts = try load(rows, of: owner, in: transaction)
        return Dictionary(contacts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
