import ArgumentParser
import Foundation
import Logging
import ParleyContract
import ParleyServices
import SpecCore
import SpecStorage

/// `parley-bench seed`: a database with signed-in users.
///
/// A thousand registrations would spend three minutes on hashing passwords: the rows of users and sessions are written
/// as `register` and `login` write them, and the tokens are signed with the secret that the server is then started
/// with. The server's work per request is the same as for people who signed in.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes users and sessions; prints an access token and a user id per line.")

    @Option(help: "The file of an SQLite database, or the URL of a PostgreSQL.")
    var database: String

    @Option(help: "JWT_SECRET of the server.")
    var secret: String

    @Option(help: "How many users.")
    var users = 1_000

    func run() async throws {
        let (store, close) = try await open()
        let tokens = await AccessTokens(keys: ServerKeys(secrets: [Array(secret.utf8)]))
        let now = Timestamp.now()
        let people = (0..<users).map { SeededUser(number: $0, at: now) }
        try await store.write { transaction in
            for person in people { try person.insert(in: transaction) }
        }
        try await close()
        var lines = ""
        for person in people {
            lines += try await tokens.make(subject: person.user.id, session: person.session.id, at: now)
            lines += " \(person.user.id)\n"
        }
        FileHandle.standardOutput.write(Data(lines.utf8))
    }

    private func open() async throws -> (store: any Store, close: () async throws -> Void) {
        guard database.hasPrefix("postgres://") else {
            let store = try SQLiteStore(path: database, migrations: Migrations.all)
            return (store, { try await store.close() })
        }
        let store = try await PostgresStore.open(
            PostgresAddress(database), migrations: Migrations.all, logger: Logger(label: "bench"))
        return (store, { await store.close() })
    }
}

/// A user with a session.
struct SeededUser: Sendable {
    let user: UsersRow
    let session: SessionsRow

    init(number: Int, at now: Timestamp) {
        user = UsersRow(
            id: .make(), email: "user\(number)@example.org", emailKey: "user\(number)@example.org",
            passwordHash: "*", displayName: "User \(number)", about: nil, emailVerified: true, createdAt: now,
            updatedAt: now, lastSeenAt: nil, deletedAt: nil)
        session = SessionsRow(
            id: .make(), userId: user.id, deviceName: nil, addressPrefix: "127.0.0", generation: 0,
            refreshHash: [UInt8](repeating: 0, count: 32), rotatedAt: nil, createdAt: now, lastUsedAt: now,
            endedAt: nil)
    }

    func insert(in transaction: any Transaction) throws {
        try transaction.execute(UsersTable.insert(user))
        try transaction.execute(SessionsTable.insert(session))
    }
}
