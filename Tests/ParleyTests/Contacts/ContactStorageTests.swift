import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the rows stored for contacts, profiles and settings.
@Suite(.timeLimit(.minutes(10))) struct ContactStorageTests {
    private func store(_ folder: TemporaryFolder) throws -> SQLiteStore {
        try SQLiteStore(path: folder.path + "/parley.db", migrations: Migrations.all)
    }

    @Test func tellsTheOwnersLogOfEachChange() async throws {
        let folder = try TemporaryFolder()
        try await TestServer.run(in: folder) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let id = try await server.contact(of: ada, bob.id).json["id"].string ?? ""
            let change: JSONValue = ["status": "blocked"]
            _ = try await server.send(Request("PUT", "/contacts/\(id)", token: ada.token, json: change))
            #expect(try await server.contact(of: ada, bob.id).status == 409)
            _ = try await server.send(Request("DELETE", "/contacts/\(id)", token: ada.token))
            #expect(try await server.send(Request("DELETE", "/contacts/\(id)", token: ada.token)).status == 404)
            _ = try await server.send(Request("PUT", "/users/me", token: ada.token, json: ["displayName": "Ada L."]))
            _ = try await server.putSettings(of: ada, ["notifications": false])
        }
        let store = try store(folder)
        let first = try await store.all(UsersTable.page(id: Identifier(high: 0, low: 0), limit: 10))
        let ada = try #require(first.first { $0.displayName == "Ada L." })
        let rows = try await store.all(EventsTable.page(userId: Identifier(high: 0, low: 0), seq: 0, limit: 100))
        let contact = try #require(rows.first?.subjectId)
        #expect(rows.map(\.seq) == [1, 2, 3, 4, 5])
        #expect(Set(rows.map(\.userId)) == [ada.id])
        #expect(
            rows.map(\.kind) == [
                "contact:updated", "contact:updated", "contact:updated", "profile:updated", "settings:updated",
            ])
        #expect(rows.map(\.subjectId) == [contact, contact, contact, ada.id, ada.id])
        try await store.close()
    }

    @Test func holdsAnAccountToTenThousandContactsAndSearchesThemAll() async throws {
        let folder = try TemporaryFolder()
        try await TestServer.run(in: folder) { server in _ = try await server.account("Ada") }
        try await fill(folder, count: 9_999)
        try await TestServer.run(in: folder) { server in
            let session = try await server.login("ada@example.org").json
            let ada = TestServer.Account(
                id: session["user"]["id"].string ?? "", email: "ada@example.org", session: session)
            let (bob, eve) = (try await server.account("Bob"), try await server.account("Eve"))
            #expect(try await server.contact(of: ada, bob.id).status == 201)
            let refused = try await server.contact(of: ada, eve.id)
            #expect(refused.status == 422)
            #expect(refused.code == "contacts-full")
            let last = try await server.contacts(of: ada, [("search", "bob")]).json
            #expect(last["items"].items.count == 1)
            #expect(last["nextCursor"] == .null)
            let some = try await server.contacts(of: ada, [("search", "person 99"), ("limit", "100")]).json
            #expect(some["items"].items.count == 100)
            #expect(some["nextCursor"] != .null)
        }
    }

    @Test(arguments: Engine.allCases) func findsAContactByItsNewNameAtOnceAndByItsRowLater(engine: Engine) async throws
    {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        try await TestServer.run(in: folder, databaseURL: url) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            _ = try await server.contact(of: ada, bob.id, alias: "The Builder")
            for name in ["Robert", "Röbert Tables"] {
                #expect(try await server.rename(bob, name).status == 200)
                for search in ["rob", "tables rob", "builder tab", "the robert"] {
                    let wants = name.contains("Tables") || !search.contains("tab")
                    let found = try await server.contacts(of: ada, [("search", search)]).json["items"].items
                    #expect(found.count == (wants ? 1 : 0), "\(search) in \(name)")
                }
                #expect(try await server.contacts(of: ada, [("search", "bob")]).json["items"] == [])
            }
        }
        try await ProductStore.run(at: url, Migrations.all) { store in
            let first = Identifier(high: 0, low: 0)
            let writer = RenameWriter(store: store, batchMax: 1, batchesMax: 10)
            // The server's housekeeper may have been here.
            #expect(try await store.all(RenamesTable.page(userId: first, limit: 9)).count <= 1, "one row for a user")
            try await PageWalk.run { place in try await writer.write(after: place ?? first) }
            #expect(try await store.all(RenamesTable.page(userId: first, limit: 9)).isEmpty)
            #expect(
                try await store.all(ContactsTable.page(id: first, limit: 9)).map(\.names)
                    == [" the builder robert tables "])
        }
    }

    /// Adds a number of contacts to the only user.
    private func fill(_ folder: TemporaryFolder, count: Int) async throws {
        let store = try store(folder)
        let user = try #require(try await store.all(UsersTable.page(id: Identifier(high: 0, low: 0), limit: 1)).first)
        try await store.write { transaction in
            for number in 1...count {
                var other = user
                other.id = .make()
                other.emailKey = "person\(number)"
                other.displayName = "Person \(number)"
                try transaction.execute(UsersTable.insert(other))
                try transaction.execute(
                    ContactsTable.insert(
                        ContactsRow(
                            id: .make(), ownerId: user.id, userId: other.id, alias: nil, status: .active,
                            createdAt: .now(), ownerName: nil, names: nil)))
            }
        }
        try await store.close()
    }
}
