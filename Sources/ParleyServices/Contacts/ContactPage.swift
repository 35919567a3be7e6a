import ParleyContract
import SpecCore

/// A page of contacts that somebody asks for.
struct ContactPage: Sendable {
    /// How many contacts a search reads at a time.
    private static let searchedMax = 500

    let limit: Int
    /// What a cursor of this list is bound to.
    let seal: [UInt8]
    let owner: Identifier
    private let status: ContactStatus?
    private let search: NameSearch?

    init(_ input: ListContacts.Input, owner: Identifier) {
        limit = Int(input.limit)
        self.owner = owner
        status = input.status
        search = input.search.map(NameSearch.init)
        var seal = Array("contacts".utf8)
        seal.append(owner)
        seal += Array((input.status?.rawValue ?? "").utf8) + [0] + Array((input.search ?? "").utf8)
        self.seal = seal
    }

    /// The contacts behind a position; one more than the page holds tells that there is another page.
    ///
    /// A search reads on until the page is full: at most ``Contacts/contactsMax`` in all.
    func contacts(behind position: Identifier, in transaction: any Transaction) throws -> [Contact] {
        var found: [Contact] = []
        var position = position
        let count = search == nil ? limit + 1 : Self.searchedMax
        while found.count <= limit {
            let rows = try transaction.all(
                ContactsQueries.behind(
                    ownerId: owner, after: position, status: status?.rawValue, limit: Int64(count)))
            found += try Contact.load(rows, of: owner, matching: search, in: transaction)
            guard rows.count == count, let last = rows.last else { break }
            position = last.id
        }
        return Array(found.prefix(limit + 1))
    }
}
