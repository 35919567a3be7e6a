import ParleyContract
import SpecCore

/// The folded names in the rows of contacts, by which their owners search them.
enum ContactNames {
    /// Stores the names of one contact as its owner sees them.
    static func store(_ contact: Contact, in transaction: any Transaction) throws {
        let names = NameSearch.stored(alias: contact.alias, displayName: contact.user.displayName)
        try transaction.execute(
            ContactsQueries.storeNames(contactId: contact.id, alias: contact.alias, names: names))
    }
}

/// Stores the new names of renamed users in the contacts of others, in the background: there may be any number of them.
struct RenameWriter: Sendable {
    let store: any Store
    let batchMax: Int64
    /// Maximum number of transactions per user and run; the rest waits for the next run, which begins again.
    let batchesMax: Int

    /// Runs one step of a scan through the renamed users.
    ///
    /// - Returns: the place where the scan continues; nil at the end.
    func write(after place: Identifier) async throws -> Identifier? {
        let renames = try await store.all(RenamesTable.page(userId: place, limit: batchMax))
        for rename in renames { try await write(rename) }
        return renames.count < batchMax ? nil : renames.last?.userId
    }

    private func write(_ rename: RenamesRow) async throws {
        var place = Identifier(high: 0, low: 0)
        for _ in 0..<batchesMax {
            let contacts = try await store.all(
                ContactsQueries.shownTo(userId: rename.userId, after: place, limit: batchMax))
            try await store.write { transaction in
                for contact in contacts {
                    let names = NameSearch.stored(alias: contact.alias, displayName: contact.displayName)
                    try transaction.execute(
                        ContactsQueries.storeNames(contactId: contact.id, alias: contact.alias, names: names))
                }
            }
            guard contacts.count == batchMax, let last = contacts.last else {
                // Unless the user was renamed again meanwhile.
                let end = ContactsQueries.endRename(userId: rename.userId, version: rename.version)
                _ = try await store.write { try $0.execute(end) }
                return
            }
            place = last.id
        }
    }
}
