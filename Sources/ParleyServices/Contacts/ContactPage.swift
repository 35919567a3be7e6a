import ParleyContract
import SpecCore

/// A requested page of contacts.
struct ContactPage: Sendable {
    /// Number of contacts that a search reads at a time: a page and one more.
    private static let searchedMax: Int64 = 101

    let limit: Int
    /// Scope of the cursors of this list.
    let cursorScope: [UInt8]
    let owner: Identifier
    private let status: ContactStatus?
    private let search: NameSearch?

    init(_ input: ListContacts.Input, owner: Identifier) {
        limit = Int(input.limit)
        self.owner = owner
        status = input.status
        search = input.search.map(NameSearch.init)
        var cursorScope = Array("contacts".utf8)
        cursorScope.append(owner)
        cursorScope += Array((input.status?.rawValue ?? "").utf8) + [0] + Array((input.search ?? "").utf8)
        self.cursorScope = cursorScope
    }

    /// Returns the contacts after a position; one more than the page holds indicates that there is another page.
    func contacts(behind position: Identifier, in transaction: any Transaction) throws -> [Contact] {
        guard let search else {
            let query = ContactsQueries.behind(
                ownerId: owner, after: position, status: status?.stored, limit: Int64(limit + 1))
            return try Contact.load(transaction.all(query), of: owner, in: transaction)
        }
        guard !search.isEmpty else { return [] }
        return try found(by: search, behind: position, in: transaction)
    }

    /// Returns the contacts found by their stored names, and those whose stored names are out of date; both are compared
    /// with the names as the owner sees them now.
    private func found(
        by search: NameSearch, behind position: Identifier, in transaction: any Transaction
    ) throws -> [Contact] {
        var found = try stored(search, behind: position, in: transaction)
        let renamed = try transaction.all(
            ContactsQueries.renamed(ownerId: owner, after: position, status: status?.stored))
        let known = Set(found.map(\.id))
        found += try Contact.load(
            renamed.filter { !known.contains($0.id) }, of: owner, matching: search, in: transaction)
        return Array(found.sorted { $0.id < $1.id }.prefix(limit + 1))
    }

    /// Reads on until the page is full: at most ``Contacts/contactsMax`` in all, if all names are out of date.
    private func stored(
        _ search: NameSearch, behind start: Identifier, in transaction: any Transaction
    ) throws -> [Contact] {
        var found: [Contact] = []
        var position = start
        let texts = search.texts
        while found.count <= limit {
            let rows = try transaction.all(
                ContactsQueries.named(
                    ownerId: owner, after: position, status: status?.stored, first: texts[0], second: texts[1],
                    third: texts[2], fourth: texts[3], limit: Self.searchedMax))
            found += try Contact.load(rows, of: owner, matching: search, in: transaction)
            guard rows.count == Self.searchedMax, let last = rows.last else { break }
            position = last.id
        }
        return found
    }
}
