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
    ///
    /// - Parameter search: which are wanted. Whoever has blocked the owner is found by the owner's alias only.
    static func load(
        _ rows: [ContactsRow], of owner: Identifier, matching search: NameSearch? = nil,
        in transaction: any Transaction
    ) throws -> [Contact] {
        let users = try Profile.rows(rows.map(\.userId), for: owner, in: transaction)
        return rows.compactMap { row in
            guard let user = users[row.userId] else { return nil }
            let names = [row.alias ?? "", user.hasBlocked ? "" : user.displayName]
            return search?.matches(names) ?? true ? Contact(row, user: Profile(user)) : nil
        }
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
